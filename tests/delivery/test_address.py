"""Which URLs and addresses a notice may go to: the table of refusals."""

from ipaddress import ip_network

import pytest

from dialer.delivery.address import (
    LOOPBACK_ALLOWED,
    Allowance,
    ForbiddenAddress,
    check_address,
    read_target,
)

PUBLIC = Allowance()


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.8.8.8",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.5",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "ff02::1",
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(ForbiddenAddress, match="not a public address"):
        check_address(address, PUBLIC)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "9.255.255.255", "11.0.0.0", "172.32.0.0", "93.184.216.34", "2606:4700::1", "::ffff:8.8.8.8"],
)
def test_a_public_address_is_taken(address: str) -> None:
    assert str(check_address(address, PUBLIC))


def test_a_range_that_is_allowed_is_allowed_and_no_other() -> None:
    allowance = Allowance(networks=(ip_network("10.20.0.0/16"),))
    assert str(check_address("10.20.3.4", allowance)) == "10.20.3.4"
    assert check_address("::ffff:10.20.3.4", allowance).version == 6
    for other in ("10.21.0.1", "127.0.0.1", "::ffff:10.21.0.1"):
        with pytest.raises(ForbiddenAddress):
            check_address(other, allowance)


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.example/",
        "ftp://crm.example/",
        "file:///etc/passwd",
        "gopher://crm.example/",
        "crm.example/hook",
        "//crm.example/",
        "",
        "https://",
        "https:///path",
        "https://user@crm.example/",
        "https://user:secret@crm.example/",
        "https://crm.example:99999/",
        "https://crm.example:abc/",
        "https://crm.example\\@10.0.0.1/",
        "https://crm.example/a b",
        "https://crm.example/\r\nX: y",
        "https://crm.example/\x00",
        "https://crm.exämple/",
        "https://１２７.0.0.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://0177.0.0.1/",
        "https://0x7f.0.0.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://017700000001/",
        "https://127.0.0.1.:0x50/",
        "https://127.0.0.01/",
        "https://1.2.3.4.5/",
        "https://[::1/",
        "https://[fe80::1%25eth0]/",
        "https://-crm.example/",
        "https://crm..example/",
        "https://crm.example" + "/x" * 2000,
    ],
)
def test_a_url_that_is_odd_is_refused_with_a_reason_that_repeats_nothing_of_it(url: str) -> None:
    with pytest.raises(ForbiddenAddress, match="a URL") as refusal:
        read_target(url, PUBLIC)
    assert "secret" not in refusal.value.message


def test_a_url_is_taken_apart() -> None:
    target = read_target("https://CRM.Example.:8443/hook/in?key=v#part", PUBLIC)
    assert (target.scheme, target.host, target.port) == ("https", "crm.example", 8443)
    assert (target.path, target.host_header) == ("/hook/in?key=v", "crm.example:8443")


def test_the_usual_port_is_not_said() -> None:
    assert read_target("https://crm.example", PUBLIC).host_header == "crm.example"
    assert read_target("https://[2606:4700::1]:443/", PUBLIC).host_header == "[2606:4700::1]"


def test_an_address_in_its_usual_form_is_checked_at_once() -> None:
    assert read_target("https://93.184.216.34/", PUBLIC).host == "93.184.216.34"
    for host in ("10.0.0.1", "[::1]", "[::ffff:169.254.169.254]"):
        with pytest.raises(ForbiddenAddress, match="not a public address"):
            read_target(f"https://{host}/", PUBLIC)


def test_plain_http_is_for_the_demo() -> None:
    assert read_target("http://127.0.0.1:8010/hook", LOOPBACK_ALLOWED).port == 8010
