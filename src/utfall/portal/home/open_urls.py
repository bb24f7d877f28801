"""What is open to everybody: the front door, language and theme, the licence, signing in to the demo."""

from django.urls import path

from utfall.portal.home import door, preferences

urlpatterns = [
    path("", door.front, name="front"),
    path("help/", door.about, name="about"),
    path("legal/licence/", door.licence, name="licence"),
    path("preferences/", preferences.choose, name="preferences"),
    path("demo/sign-in/<int:user>", door.demo_sign_in, name="demo-sign-in"),
]
