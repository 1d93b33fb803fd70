# PATH is not given, so the paths of articles and pages begin in this directory.
SITENAME = "Seasons"
SITEURL = "https://seasons.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
ARTICLE_PATHS = ["content"]
ARTICLE_URL = "{category}.{number}/{slug}/"
ARTICLE_SAVE_AS = "{category}.{number}/{slug}/index.html"
PAGE_PATHS = ["pages"]
PATH_METADATA = r"pages/(?P<fullpath>.+)[.].+"
PAGE_URL = "{fullpath}/"
PAGE_SAVE_AS = "{fullpath}/index.html"
FORMATTED_FIELDS = ["summary", "title"]
