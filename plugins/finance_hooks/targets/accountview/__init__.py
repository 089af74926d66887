"""Book into AccountView: pages of journals, over the Web API of accountview.net."""
