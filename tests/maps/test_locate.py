"""Points and districts: well-known places by their coordinates, the water, and what is far away."""

import math

import pytest

from izsa_desktop import reference
from izsa_desktop.maps.locate import district_at

KNOWN = """
Konak Saat Kulesi          38.4189 27.1287 Konak
Kadifekale                 38.4137 27.1445 Konak
Alsancak Garı              38.4392 27.1476 Konak
Kültürpark                 38.4280 27.1445 Konak
Tarihi Asansör             38.4087 27.1180 Konak
Smyrna Agorası             38.4186 27.1388 Konak
Ege Üniversitesi           38.4570 27.2190 Bornova
Forum Bornova              38.4500 27.2100 Bornova
Bornova meydanı            38.4660 27.2190 Bornova
Homeros Vadisi             38.4920 27.2490 Bornova
Efes antik kenti           37.9411 27.3419 Selçuk
Şirince                    37.9440 27.4330 Selçuk
Meryem Ana Evi             37.9116 27.3336 Selçuk
Ayasuluk Tepesi            37.9520 27.3680 Selçuk
Pergamon Akropolü          39.1320 27.1840 Bergama
Asklepion                  39.1190 27.1650 Bergama
Kozak yaylası              39.2700 27.0500 Bergama
Adnan Menderes Havalimanı  38.2924 27.1570 Gaziemir
Gaziemir merkez            38.3200 27.1300 Gaziemir
Alaçatı                    38.2830 26.3740 Çeşme
Çeşme Kalesi               38.3238 26.3035 Çeşme
Ildır (Erythrai)           38.3830 26.4800 Çeşme
Sığacık Kalesi             38.1935 26.7850 Seferihisar
Teos                       38.1772 26.7850 Seferihisar
Seferihisar merkez         38.1970 26.8390 Seferihisar
Klaros                     38.0050 27.1930 Menderes
Gümüldür                   38.0740 27.0210 Menderes
Kolophon                   38.1100 27.1400 Menderes
Menderes merkez            38.2500 27.1340 Menderes
Foça                       38.6690 26.7530 Foça
Yenifoça                   38.7400 26.8400 Foça
Aliağa                     38.7990 26.9720 Aliağa
Yenişakran                 38.8830 27.0700 Aliağa
Dikili                     39.0710 26.8890 Dikili
Çandarlı                   38.9360 26.9380 Dikili
Kınık                      39.0870 27.3830 Kınık
Karaburun                  38.6380 26.5120 Karaburun
Mordoğan                   38.5180 26.6250 Karaburun
Urla                       38.3220 26.7640 Urla
İYTE Gülbahçe              38.3190 26.6400 Urla
Klazomenai                 38.3580 26.7700 Urla
Güzelbahçe                 38.3650 26.8900 Güzelbahçe
Narlıdere                  38.3930 27.0100 Narlıdere
Balçova teleferik          38.3880 27.0430 Balçova
İnciraltı                  38.4080 27.0330 Balçova
Karşıyaka çarşı            38.4590 27.1150 Karşıyaka
Bostanlı                   38.4560 27.0960 Karşıyaka
Çiğli merkez               38.4960 27.0560 Çiğli
Doğal Yaşam Parkı          38.4880 26.9650 Çiğli
Menemen                    38.6080 27.0690 Menemen
Kemalpaşa                  38.4270 27.4180 Kemalpaşa
Torbalı                    38.1560 27.3620 Torbalı
Metropolis                 38.1240 27.3210 Torbalı
Bayındır                   38.2190 27.6480 Bayındır
Tire                       38.0890 27.7350 Tire
Ödemiş                     38.2280 27.9690 Ödemiş
Birgi                      38.2530 28.0650 Ödemiş
Gölcük gölü                38.3100 28.0250 Ödemiş
Kiraz                      38.2310 28.2040 Kiraz
Beydağ                     38.0860 28.2080 Beydağ
Buca                       38.3880 27.1750 Buca
Tınaztepe yerleşkesi       38.3680 27.2080 Buca
Tepekule                   38.4640 27.1700 Bayraklı
Folkart Kuleleri           38.4520 27.1760 Bayraklı
Karabağlar                 38.3740 27.1250 Karabağlar
""".strip().splitlines()


@pytest.mark.parametrize("line", KNOWN, ids=lambda line: line[:27].strip())
def test_known_places(line: str) -> None:
    *_, lat, lon, district = line.split()
    found = district_at(float(lat), float(lon))
    assert found is not None
    assert reference.load().district_name(found) == district


def test_label_points_lie_in_their_districts() -> None:
    for district in reference.load().districts:
        assert district_at(district.lat, district.lon) == district.code


@pytest.mark.parametrize(
    ("lat", "lon", "district"),
    [(38.4225, 27.1245, "Konak"), (38.4515, 27.1075, "Karşıyaka"), (38.6665, 26.7480, "Foça")],
    ids=["Pasaport iskelesi", "Karşıyaka açığı", "Foça limanı"],
)
def test_water_near_the_shore_goes_to_the_nearest_district(lat: float, lon: float, district: str) -> None:
    found = district_at(lat, lon)
    assert found is not None
    assert reference.load().district_name(found) == district


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(38.43, 27.09), (38.30, 25.90), (39.20, 26.30), (38.61, 27.43), (41.0, 29.0), (0.0, 0.0), (math.nan, 27.1)],
    ids=["in the gulf", "Aegean", "Midilli", "Manisa", "İstanbul", "nowhere", "not a number"],
)
def test_far_points_have_no_district(lat: float, lon: float) -> None:
    assert district_at(lat, lon) is None
