/*
 * The colour scheme, before anything is painted: a classic script, because a module runs too late to avoid a flash of the other
 * scheme. Modules choose with `prescaleScheme.choose()` and hear of a change by the event `schemechange`.
 */
globalThis.prescaleScheme = (() => {
  const KEY = 'prescale.scheme';
  const system = matchMedia('(prefers-color-scheme: dark)');

  /** 'light', 'dark', or 'system' where nothing was chosen or the browser keeps nothing. */
  function chosen() {
    try {
      const stored = localStorage.getItem(KEY);
      return stored === 'light' || stored === 'dark' ? stored : 'system';
    } catch {
      return 'system';
    }
  }

  function apply(choice = chosen()) {
    const isDark = choice === 'dark' || (choice === 'system' && system.matches);
    document.documentElement.dataset.scheme = isDark ? 'dark' : 'light';
    dispatchEvent(new Event('schemechange'));
  }

  /** Takes effect even where the browser keeps nothing. */
  function choose(choice) {
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // kept until the page is closed
    }
    apply(choice);
  }

  system.addEventListener('change', () => apply());
  addEventListener('storage', ({ key }) => key === KEY && apply());
  apply();
  return { chosen, choose };
})();
