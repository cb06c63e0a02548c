"""Answers of publishers' services, written by us in the form in which they answer.

The figures are real ones: BIS policy rates of 2025, its claims of banks in Japan at the end of March
2026 and its yen credit at that time, ECB fixings of April 2026, the World Economic Outlook of October
2025, and the NFCI of June 2026 as it stood from week to week.
"""

from __future__ import annotations

import json

POLICY_RATES = (
    "FREQ,REF_AREA,UNIT_MEASURE,UNIT_MULT,TIME_FORMAT,COMPILATION,DECIMALS,SOURCE_REF,"
    "SUPP_INFO_BREAKS,TITLE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,OBS_CONF,OBS_PRE_BREAK\n"
    'M,JP,368,0,,"From 1 Aug 2024 onwards, the target, of the overnight rate.",4,Bank of Japan,,'
    "Policy rates - Japan - Monthly - End of period,2025-06,0.5,A,F,\n"
    'M,JP,368,0,,"From 1 Aug 2024 onwards, the target, of the overnight rate.",4,Bank of Japan,,'
    "Policy rates - Japan - Monthly - End of period,2025-07,0.5,A,F,\n"
    "M,XM,368,0,,Deposit facility.,4,European Central Bank,,Policy rates - Euro area,2025-07,2,A,F,\n"
    "M,US,368,0,,Middle of the range.,4,Federal Reserve,,Policy rates - US,2025-06,4.375,A,F,\n"
    "M,US,368,0,,Middle of the range.,4,Federal Reserve,,Policy rates - US,2025-07,NaN,M,F,\n"
)
BANKING = (
    "FREQ,L_MEASURE,L_POSITION,L_INSTR,L_DENOM,L_CURR_TYPE,L_PARENT_CTY,L_REP_BANK_TYPE,L_REP_CTY,"
    "L_CP_SECTOR,L_CP_COUNTRY,L_POS_TYPE,DECIMALS,UNIT_MEASURE,UNIT_MULT,AVAILABILITY,TITLE_GRP,"
    "TIME_FORMAT,COLLECTION,ORG_VISIBILITY,TIME_PERIOD,OBS_VALUE,OBS_STATUS,OBS_CONF,OBS_PRE_BREAK\n"
    "Q,S,C,A,TO1,A,5J,A,JP,A,5J,N,3,USD,6,K,,,E,E,2025-Q4,5098591.486,A,F,\n"
    "Q,S,C,A,TO1,A,5J,A,JP,A,5J,N,3,USD,6,K,,,E,E,2026-Q1,5257195.619,A,F,\n"
    "Q,S,C,A,TO1,A,5J,A,JP,A,DE,N,3,USD,6,K,,,E,E,2026-Q1,128644.097,A,F,\n"
)
LIQUIDITY = (
    "FREQ,CURR_DENOM,BORROWERS_CTY,BORROWERS_SECTOR,LENDERS_SECTOR,L_POS_TYPE,L_INSTR,UNIT_MEASURE,"
    "UNIT_MULT,TIME_FORMAT,DECIMALS,COLLECTION,AVAILABILITY,TITLE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,"
    "OBS_CONF,OBS_PRE_BREAK\n"
    'Q,JPY,3P,N,A,I,B,JPY,6,,0,E,K,"JPY credit, borrowers outside Japan",2026-Q1,65910000,A,F,\n'
)
RATES = (
    "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,OBS_CONF,"
    "OBS_PRE_BREAK,OBS_COM,TIME_FORMAT,BREAKS,COLLECTION,COMPILING_ORG,DISS_ORG,DOM_SER_IDS,PUBL_ECB,"
    "PUBL_MU,PUBL_PUBLIC,UNIT_INDEX_BASE,COMPILATION,COVERAGE,DECIMALS,NAT_TITLE,SOURCE_AGENCY,"
    "SOURCE_PUB,TITLE,TITLE_COMPL,UNIT,UNIT_MULT\r\n"
    "EXR.D.JPY.EUR.SP00.A,D,JPY,EUR,SP00,A,2026-04-09,185.7,A,F,,,P1D,,A,,,,,,,99Q1=100,,,2,,4F0,,"
    'Japanese yen/Euro,"Reference rate, Japanese yen/Euro, 2.15 pm",JPY,0\r\n'
    "EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-04-09,1.1685,A,F,,,P1D,,A,,,,,,,99Q1=100,,,4,,4F0,,"
    'US dollar/Euro,"Reference rate, US dollar/Euro, 2.15 pm",USD,0\r\n'
    "EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-04-10,1.1711,A,F,,,P1D,,A,,,,,,,99Q1=100,,,4,,4F0,,"
    'US dollar/Euro,"Reference rate, US dollar/Euro, 2.15 pm",USD,0\r\n'
)
OUTLOOK = (
    "DATAFLOW,COUNTRY,INDICATOR,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,UNIT,DECIMALS_DISPLAYED,"
    "LATEST_ACTUAL_ANNUAL_DATA,SERIES_NAME,PUBLICATION_DATE,UPDATE_DATE\n"
    "IMF.RES:WEO(9.0.0),,,,,,,,,,,2025-10-14T13:00:00Z,2025-10-15T13:00:00Z\n"
    'IMF.RES:WEO(9.0.0),,GGXWDG_NGDP,,,,,PT,,,"Gross debt, general government",,\n'
    "IMF.RES:WEO(9.0.0),JPN,GGXWDG_NGDP,,,,,,,2023,,,\n"
    "IMF.RES:WEO(9.0.0),JPN,GGXWDG_NGDP,A,2023,240.461,0,,3,,,,\n"
    "IMF.RES:WEO(9.0.0),JPN,GGXWDG_NGDP,A,2024,236.108,0,,3,,,,\n"
    "IMF.RES:WEO(9.0.0),JPN,GGXWDG_NGDP,A,2026,226.818,0,,3,,,,\n"
    "IMF.RES:WEO(9.0.0),USA,NGDPD,A,2024,29298025000000,9,USD,3,2024,GDP,,\n"
    "IMF.RES:WEO(9.0.0),USA,NGDPD,A,2025,30615743000000,9,USD,3,2024,GDP,,\n"
)
EDITION_3 = (
    "STRUCTURE[;],STRUCTURE_ID,ACTION,COUNTRY,INDICATOR,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,UNIT,"
    "LATEST_ACTUAL_ANNUAL_DATA,PUBLICATION_DATE\n"
    "dataflow,IMF.RES:WEO(9.0.0),R,JPN,GGXWDG_NGDP,A,2023,240.461,0,PT,2023,2025-10-14T13:00:00Z\n"
)


def shown(first: str, last: str, day: str, value: str) -> dict[str, str]:
    return {"realtime_start": first, "realtime_end": last, "date": day, "value": value}


NFCI_SHOWN = [
    shown("2026-06-24", "2026-06-30", "2026-06-19", "-0.516"),
    shown("2026-07-01", "2026-07-07", "2026-06-19", "-0.503"),
    shown("2026-07-08", "9999-12-31", "2026-06-19", "-0.499"),
    shown("2026-07-01", "2026-07-07", "2026-06-26", "-0.504"),
    shown("2026-07-08", "9999-12-31", "2026-06-26", "-0.505"),
]


def alfred(observations: list[dict[str, str]], **other: object) -> bytes:
    content = {
        "realtime_start": "1776-07-04",
        "realtime_end": "9999-12-31",
        "observation_start": "2022-01-01",
        "observation_end": "9999-12-31",
        "units": "lin",
        "output_type": 1,
        "file_type": "json",
        "order_by": "observation_date",
        "sort_order": "asc",
        "count": len(observations),
        "offset": 0,
        "limit": 100000,
        "observations": observations,
    }
    return json.dumps({**content, **other}, separators=(",", ":")).encode()
