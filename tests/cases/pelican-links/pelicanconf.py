SITENAME = "Links"
SITEURL="https://links.example/b"
PATH="content"
TIMEZONE="UTC"
DEFAULT_LANG="en"
STATIC_PATHS=["extra"]
RELATIVE_URLS=False
