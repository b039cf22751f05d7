// What JupyterLab loads of a prebuilt extension: the few lines that a bundler would write around it, so that there is nothing to build.
{
  const here = document.currentScript.src;
  let shared;

  /** A module that JupyterLab shares with its extensions. */
  const ofJupyterLab = async name => {
    const [newest] = Object.values(shared[name]).reverse();
    return (await newest.get())();
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['psm-course'] = {
    init(scope) {
      shared = scope;
    },
    async get() {
      const { trainer } = await import(new URL('trainer.js', here).href);
      const [coreutils, notebook, widgets] = await Promise.all(
        ['@jupyterlab/coreutils', '@jupyterlab/notebook', '@lumino/widgets'].map(ofJupyterLab),
      );
      return () => ({ __esModule: true, default: trainer({ coreutils, notebook, widgets }) });
    },
  };
}
