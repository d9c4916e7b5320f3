/* Everything a hostile script could try to reach the network or the disk. PORT and FILE are filled in by the test;
   the value is a promise of {name: 'failed' | 'done'}. An expression, not a program: it is handed to the page. */
(async () => {
  const outcomes = {};
  const http = 'http://127.0.0.1:PORT/';
  const file = 'FILE';
  const found = async (address, how) => {
    const answer = await fetch(address, how);
    if (!answer.ok) throw new Error(answer.status);
  };
  const image = (address) => new Promise((go, stop) => {
    const made = new Image();
    made.onload = () => go();
    made.onerror = () => stop(1);
    made.src = address;
  });
  const tries = {
    fetch: () => fetch(http),
    noCors: () => fetch(http, { mode: 'no-cors' }),
    image: () => image(http + 'x.png'),
    fileFetch: () => fetch(file),
    fileImage: () => image(file),
    script: () => new Promise((go, stop) => {
      const made = document.createElement('script');
      made.src = http;
      made.onload = () => go();
      made.onerror = () => stop(1);
      document.head.append(made);
    }),
    socket: () => new Promise((go, stop) => {
      const made = new WebSocket('ws://127.0.0.1:PORT/');
      made.onopen = () => go();
      made.onerror = () => stop(1);
    }),
    xhr: () => new Promise((go, stop) => {
      const made = new XMLHttpRequest();
      made.open('GET', http);
      made.onload = () => go();
      made.onerror = () => stop(1);
      made.send();
    }),
    otherHost: () => found('izsa://other/map/map.js'),
    unknownFile: () => found('/map/../../../etc/passwd'),
    posted: () => found('/map/map.js', { method: 'POST' }),
  };
  for (const [name, attempt] of Object.entries(tries)) {
    outcomes[name] = await attempt().then(() => 'done', () => 'failed');
  }
  navigator.sendBeacon(http, 'x');
  for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'stylesheet', 'icon']) {
    const link = document.createElement('link');
    link.rel = rel;
    link.href = http;
    document.head.append(link);
  }
  const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:PORT' }] });
  peer.createDataChannel('x');
  const gathered = new Promise((go) => {
    peer.onicegatheringstatechange = () => { if (peer.iceGatheringState === 'complete') go(); };
  });
  await peer.setLocalDescription(await peer.createOffer());
  await Promise.race([gathered, new Promise((go) => setTimeout(go, 1000))]);
  const frame = document.createElement('iframe');
  frame.src = http;
  document.body.append(frame);
  const form = document.createElement('form');
  form.action = http;
  document.body.append(form);
  form.submit();
  window.open(http);
  const anchor = document.createElement('a');
  anchor.href = http;
  anchor.download = 'x';
  document.body.append(anchor);
  anchor.click();
  window.location.href = http;
  window.location.href = file;
  return outcomes;
})()
