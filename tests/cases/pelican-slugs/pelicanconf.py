SITENAME = "Slugs"
SITEURL = "https://slugs.example"
PATH = "content"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
ARTICLE_URL = "{category}/{author}/{slug}.html"
ARTICLE_SAVE_AS = ARTICLE_URL
SLUG_REGEX_SUBSTITUTIONS = [
    (r"C\+\+", "cpp"),
    (r"[^\w\s.-]", ""),
    (r"(?u)\A\s*", ""),
    (r"\s*\Z", ""),
    (r"[-\s]+", "_"),
    (r"(\d)_(\d)", r"\1\2"),
]
AUTHOR_REGEX_SUBSTITUTIONS = ((r"\s.*", ""),)
DEFAULT_METADATA = {"author": "Ada Example", "category": "Big News", "status": "draft", "tags": "type, ink"}
