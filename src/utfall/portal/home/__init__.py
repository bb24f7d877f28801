"""Where people land: the front door, the choice of an organisation, and the first page of each kind."""
