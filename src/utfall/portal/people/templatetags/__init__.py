"""What only this app's templates need."""
