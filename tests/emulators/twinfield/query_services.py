"""Ask the services that answer queries: periods and deleted transactions."""

import requests
from lxml import etree

from tests.emulators.twinfield_client import TWINFIELD, TwinfieldClient

SHARED = "http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared"
PERIODS = "http://schemas.datacontract.org/2004/07/Twinfield.WebServices.PeriodService"


def query(client: TwinfieldClient, kind: str, namespace: str, service: str, operation: str = "Query",
          **parameters: object) -> requests.Response:  # fmt: skip
    content = "".join(f"<b:{name}>{text}</b:{name}>" for name, text in parameters.items())
    header = (
        f'<Authentication xmlns="{TWINFIELD}"><AccessToken xmlns="{SHARED}">{client.tokens["access_token"]}'
        f'</AccessToken><CompanyCode xmlns="{SHARED}">{client.office}</CompanyCode></Authentication>'
    )
    body = (
        f'<{operation} i:type="b:{kind}" xmlns="{TWINFIELD}" xmlns:b="{namespace}" '
        f'xmlns:i="http://www.w3.org/2001/XMLSchema-instance">{content}</{operation}>'
    )
    envelope = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
        f"<s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    )
    return client.send(envelope, service)


def periods(client: TwinfieldClient, year: object) -> dict[str, str]:
    root = etree.fromstring(query(client, "GetPeriods", PERIODS, "PeriodService.svc", Year=year).content)
    return {
        str(each.findtext(f"{{{PERIODS}}}Name")): str(each.findtext(f"{{{PERIODS}}}Open"))
        for each in root.iter(f"{{{PERIODS}}}Period")
    }
