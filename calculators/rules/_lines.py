"""Access lines as the terms name them, shared by the rules that ask for one."""

from __future__ import annotations

from typing import Literal

#: オフィスeo光ネット, インターネットオフィス, ＩＰ通信網, another line of the company, another carrier's
Line = Literal["office_eo", "internet_office", "ip_network", "other", "other_carrier"]

LINES = {
    "office_eo": "オフィスeo光ネット",
    "internet_office": "インターネットオフィス",
    "ip_network": "ＩＰ通信網",
    "other": "当社のその他の回線",
    "other_carrier": "他社の回線",
}
HELP = "、".join(f"{name}={title}" for name, title in LINES.items())
