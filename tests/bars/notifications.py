"""A session bus and dunst on a display, which draws notifications and writes down their text."""

import os
from pathlib import Path
from typing import Dict, List, Tuple

PROGRAMS = ("dbus-daemon", "dunst")

BUS = """<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
SERVICE = """[D-BUS Service]
Name=org.freedesktop.Notifications
Exec=/usr/bin/env dunst -config {config}
"""
DUNST = """[global]
    origin = bottom-right
    offset = 10x10
    width = 400
    font = DejaVu Sans 10
    enable_recursive_icon_lookup = false
[record]
    summary = *
    script = {script}
[urgency_normal]
    background = "#1a1b26"
    foreground = "#c0caf5"
    frame_color = "#7aa2f7"
    timeout = 0
"""
SCRIPT = """#!/bin/sh
printf '%s\\0%s\\0' "$DUNST_SUMMARY" "$DUNST_BODY" >> '{record}'
"""


class Notifications:
    """Notifications on a bus of their own, which starts dunst for the first of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._record = folder / "record"
        self.socket = folder / "bus"

    @property
    def environment(self) -> Dict[str, str]:
        """The variables with which a program notifies here."""
        return {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.socket}"}

    def command(self) -> List[str]:
        """Writes the configuration; returns the command that runs the bus."""
        services = self._folder / "services"
        services.mkdir(parents=True)
        dunst, script = self._folder / "dunstrc", self._folder / "notified"
        script.write_text(SCRIPT.format(record=self._record))
        script.chmod(0o755)
        dunst.write_text(DUNST.format(script=script))
        service = services / "org.freedesktop.Notifications.service"
        service.write_text(SERVICE.format(config=dunst))
        bus = self._folder / "bus.conf"
        bus.write_text(BUS.format(socket=self.socket, services=services))
        return ["dbus-daemon", "--nofork", "--nopidfile", f"--config-file={bus}"]

    def seen(self) -> List[Tuple[str, str]]:
        """The summary and the body of each, in the order in which they came."""
        if not self._record.exists():
            return []
        texts = os.fsdecode(self._record.read_bytes()).split("\0")
        return list(zip(texts[0::2], texts[1::2]))
