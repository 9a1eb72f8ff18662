"""What is missing on a machine is answered with the line that installs it."""

from generation.system_libraries import install_line, missing_for_blender, packages_named_missing


def test_a_missing_library_becomes_its_package() -> None:
    told = """
        linux-vdso.so.1 (0x00007ffd)
        libXi.so.6 => not found
        libSM.so.6 => /lib/x86_64-linux-gnu/libSM.so.6 (0x00007f)
        libGL.so.1 => not found
        libstrange.so.9 => not found
    """
    packages = packages_named_missing(told)
    assert packages == ["libgl1", "libstrange.so.9", "libxi6"]
    assert install_line(packages).endswith("libgl1 libstrange.so.9 libxi6")


def test_this_machine_lacks_nothing_that_blender_needs() -> None:
    assert missing_for_blender() == []
