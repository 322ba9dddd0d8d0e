"""The explorer: a page with controls, served to this computer alone, which shows a forecast while one moves them."""
