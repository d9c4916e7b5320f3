"""The map page (folium scaffold, vendored Leaflet) and its GeoJSON layers. No Qt."""
