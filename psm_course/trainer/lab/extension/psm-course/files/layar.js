/** The wall tells the laptop that it is there. More than once: either page may have been loaded anew, and nobody may listen yet. */
setInterval(() => window.opener?.postMessage('psm-layar', location.origin), 200);
