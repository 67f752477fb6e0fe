"""What a telephone does to a voice: a narrow band, 8,000 samples a second, mu-law's eight bits, some noise.

Samples are floats of -32768 to 32767. Source of the code: ITU-T G.711 (11/1988), table 2a.
"""

from typing import Final

import numpy as np

Samples = np.ndarray

LINE_RATE: Final = 8_000
BAND_HERTZ: Final = (300.0, 3_400.0)
# Active speech at about -26 dBov, the usual test level of ITU-T P.56 and P.800.
SPEECH_LEVEL: Final = 32_768 * 10 ** (-26 / 20)
_BIAS: Final = 132
_LOUDEST: Final = 32_635


def over_the_line(voice: Samples, *, rate: int, noise_decibels: float | None, seed: int) -> Samples:
    """Return a voice as the far end hears it, at `LINE_RATE`.

    `noise_decibels` is how far white noise lies below the voice, None for a silent line.
    """
    narrow = resampled(voice, rate=rate, to=LINE_RATE, band=BAND_HERTZ)
    level = narrow * (SPEECH_LEVEL / np.sqrt(np.mean(narrow**2)))
    if noise_decibels is not None:
        noise = np.random.default_rng(seed).standard_normal(len(level))
        level = level + noise * SPEECH_LEVEL / 10 ** (noise_decibels / 20)
    return expanded(compressed(level))


def resampled(sound: Samples, *, rate: int, to: int, band: tuple[float, float] | None = None) -> Samples:
    """Return the sound at another rate, without what lies outside `band`, by way of its spectrum."""
    spectrum = np.fft.rfft(sound)
    if band is not None:
        hertz = np.fft.rfftfreq(len(sound), 1 / rate)
        spectrum[(hertz < band[0]) | (hertz > band[1])] = 0
    length = round(len(sound) * to / rate)
    fitted = np.zeros(length // 2 + 1, complex)
    kept = min(len(spectrum), len(fitted))
    fitted[:kept] = spectrum[:kept]
    return np.fft.irfft(fitted, length) * (to / rate)


def compressed(sound: Samples) -> Samples:
    """Return mu-law bytes: sign, three bits of exponent, four of mantissa, all inverted."""
    clipped = np.clip(np.round(sound), -_LOUDEST, _LOUDEST).astype(int)
    biased = np.abs(clipped) + _BIAS
    exponent = np.floor(np.log2(biased)).astype(int) - 7
    mantissa = (biased >> (exponent + 3)) & 0x0F
    sign = np.where(clipped < 0, 0x80, 0)
    return (~(sign | (exponent << 4) | mantissa)).astype(np.uint8)


def expanded(code: Samples) -> Samples:
    """Return the samples that mu-law bytes stand for, the middle of each step."""
    bits = ~code.astype(np.uint8)
    exponent, mantissa = ((bits >> 4) & 0x07).astype(int), (bits & 0x0F).astype(int)
    size = (((mantissa << 3) + _BIAS) << exponent) - _BIAS
    return np.where(bits & 0x80, -size, size).astype(float)
