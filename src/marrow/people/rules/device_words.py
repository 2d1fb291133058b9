"""What machines are called after MR, M or MS, which are titles too: MR Ingenia, M Series.

The phone holds the same (`field/src/see/deviceWords.ts`); a test sets them side by side.
"""

from __future__ import annotations

_DEVICES = """
imaging image images scan scans scanner scanners scanning machine machines angiography contrast coil
coils magnet magnets series mode class type model unit system systems suite room mri ct pet
ultrasound monitor ventilator spectrometer spectrometry spectroscopy elastography
ingenia achieva intera panorama elition evolution signa optima discovery architect voyager magnetom
skyra prisma aera avanto symphony espree essenza altea amira lumina verio spectra vantage orian
galan echelon shimadzu agilent conditional safe compatible
"""
DEVICES = tuple(_DEVICES.split())
