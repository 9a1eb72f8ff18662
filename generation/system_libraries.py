"""System libraries and programs that no Python package brings: what is missing, and the exact line that installs it.

``python -m generation.system_libraries blender browser office`` installs what is missing where the user is root on
Debian or Ubuntu, and otherwise prints the line to run and ends with exit code 1.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys

LIBRARY_PACKAGES = {
    "libX11.so.6": "libx11-6",
    "libXrender.so.1": "libxrender1",
    "libXfixes.so.3": "libxfixes3",
    "libXi.so.6": "libxi6",
    "libXxf86vm.so.1": "libxxf86vm1",
    "libXext.so.6": "libxext6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libGLX.so.0": "libglx0",
    "libgomp.so.1": "libgomp1",
    "libxcb.so.1": "libxcb1",
}
"""Shared library to the Debian and Ubuntu package that holds it."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def packages_named_missing(ldd_output: str) -> list[str]:
    """Debian packages for the libraries that ``ldd`` did not find; an unknown library stands for itself."""
    missing = re.findall(r"^\s*(\S+) => not found", ldd_output, flags=re.MULTILINE)
    return sorted({LIBRARY_PACKAGES.get(library, library) for library in missing})


def missing_for_blender() -> list[str]:
    """Packages that the installed Blender wheel lacks; empty where there is no wheel or no ``ldd`` to ask."""
    found = importlib.util.find_spec("bpy")
    if found is None or found.origin is None or shutil.which("ldd") is None:
        return []
    return packages_named_missing(
        subprocess.run(["ldd", found.origin], capture_output=True, text=True, check=False).stdout
    )


def browser_program() -> str | None:
    """Path of an installed Chromium, for the tests of the pages."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def missing_for_browser() -> list[str]:
    """The Chromium package, if no Chromium is there."""
    return [] if browser_program() else ["chromium"]


def office_program() -> str | None:
    """Path of an installed LibreOffice, for the test that recalculates the workbook of a bid."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def missing_for_office() -> list[str]:
    """The package of LibreOffice's spreadsheet, if it is not there."""
    return [] if office_program() else ["libreoffice-calc"]


def install_line(packages: list[str]) -> str:
    """What to type as root to install them."""
    return f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"


def main(wanted: list[str]) -> int:
    """Install what is missing, or say how; returns the exit code."""
    checks = {"blender": missing_for_blender, "browser": missing_for_browser, "office": missing_for_office}
    packages = [package for name in wanted or list(checks) for package in checks[name]()]
    if not packages:
        return 0
    unknown = [package for package in packages if ".so" in package]
    if unknown:
        print(
            f"No package is known for {', '.join(unknown)}: ask your system's package search for it.", file=sys.stderr
        )
        return 1
    line = install_line(packages)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing system packages: {' '.join(packages)}", file=sys.stderr)
        return subprocess.run(
            ["sh", "-c", f"({line}) >&2"], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False
        ).returncode
    print(f"These system packages are missing. As root, run:\n\n    {line}\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
