"""The currencies of ISO 4217 in use, with their minor unit (the number of decimals on an invoice)."""

from typing import Final

MICROS_PER_UNIT: Final = 1_000_000

_TWO_DECIMALS: Final = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
    "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON "
    "RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD "
    "TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG"
)
_NO_DECIMALS: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMALS: Final = "BHD IQD JOD KWD LYD OMR TND"

_MINOR_DIGITS: Final[dict[str, int]] = {
    **dict.fromkeys(_TWO_DECIMALS.split(), 2),
    **dict.fromkeys(_NO_DECIMALS.split(), 0),
    **dict.fromkeys(_THREE_DECIMALS.split(), 3),
}


def minor_digits(currency: str) -> int | None:
    """The number of decimals of the currency's minor unit, or None for a currency we do not know.

    >>> minor_digits("SEK"), minor_digits("ISK"), minor_digits("XXX")
    (2, 0, None)
    """
    return _MINOR_DIGITS.get(currency)


def minor_micros(currency: str) -> int:
    """Micros in one minor unit, the least amount a bank can move; KeyError for an unknown currency.

    >>> minor_micros("SEK")
    10000
    """
    power: int = 10 ** _MINOR_DIGITS[currency]
    return MICROS_PER_UNIT // power
