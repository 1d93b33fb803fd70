"""Jekyll: posts in ``_posts``, what the site says in ``_config.yml``."""

from __future__ import annotations

from feeder.fieldnames import COMMON
from feeder.kinds import Dialect

DIALECT = Dialect.of("jekyll", COMMON, flavor="commonmark", beside="nowhere", marks=("site.url", "site.baseurl"))
