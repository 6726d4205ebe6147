"""A review of the log as a page that stands alone: days, weeks, when and how; it reads no log itself."""

from deskbreak.report.page.review import IN_DETAIL, Review
from deskbreak.report.page.whole import page

__all__ = ["IN_DETAIL", "Review", "page"]
