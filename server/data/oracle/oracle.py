"""What the package chinesecalendar says of each day."""

import calendar
import datetime
from importlib.metadata import version

from chinese_calendar import is_workday

print(f"# chinesecalendar {version('chinesecalendar')} (PyPI)")
for year in (2025, 2026):
    lines = []
    try:
        for month in range(1, 13):
            days = calendar.monthrange(year, month)[1]
            letters = [
                "W" if is_workday(datetime.date(year, month, day)) else "F"
                for day in range(1, days + 1)
            ]
            lines.append(f"{year}-{month:02} {''.join(letters)}")
    except NotImplementedError:
        continue
    print("\n".join(lines))
