AUTHOR = "Nils Probe"
SITENAME = "Reed & Rush"
SITESUBTITLE = "What rustles"
SITEURL = "https://reed.example"

PATH = "content"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "en"

FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = None
DEFAULT_PAGINATION = 10
STATIC_PATHS = ["images"]
