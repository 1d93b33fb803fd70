AUTHOR = "Vera Probe"
SITENAME = "Kettle & Cup"
SITEURL = "https://kettle.example"

PATH = "content"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "en"
DEFAULT_DATE = (2012, 3, 2, 14, 1, 1)
ARTICLE_URL = "posts/{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = "posts/{date:%Y}/{slug}/index.html"
READERS = {"html": None}
IGNORE_FILES = ["*.draft.rst", "__pycache__", ".#*"]
STATIC_PATHS = ["images"]
