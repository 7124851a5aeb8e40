package dev.prescale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.testing.Browser.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page's pure functions, in the browser that runs them. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class PageModulesTest extends PageVisits {
    @Test
    void eventsAreReadWhereverTheirTextIsCut() {
        Object wrong = evaluate("""
                async () => {
                  const { EventParser } = await import('/js/sse.js');
                  const text = ': heartbeat\\r\\n\\r\\nevent: fleet\\r\\ndata: {"a":\\ndata:  1}\\rid: 7\\n\\nretry: 250\\ndata\\n\\n'
                    + 'event: none\\n\\n:\\ndata:last\\nunknown: x\\r\\n\\r\\ndata: cut';
                  const wanted = JSON.stringify([
                    { type: 'fleet', data: '{"a":\\n 1}', id: '7' },
                    { type: 'message', data: '', id: '7' },
                    { type: 'message', data: 'last', id: '7' },
                  ]);
                  const wrong = [];
                  for (let first = 0; first <= text.length; first++) {
                    for (let second = first; second <= text.length; second++) {
                      const events = [];
                      const parser = new EventParser((event) => events.push(event));
                      [text.slice(0, first), text.slice(first, second), text.slice(second)].forEach((piece) => parser.push(piece));
                      parser.end();
                      if (JSON.stringify(events) !== wanted || parser.retryMillis !== 250 || parser.lastId !== '7') {
                        wrong.push([first, second, JSON.stringify(events)]);
                      }
                    }
                  }
                  return wrong;
                }""");
        assertThat((List<?>) wrong).isEmpty();
    }

    @Test
    void anEventThatNeverEndsIsGivenUp() {
        Object told = evaluate("""
                async () => {
                  const { EventParser } = await import('/js/sse.js');
                  const parser = new EventParser(() => {}, 100);
                  const line = 'data: ' + 'x'.repeat(40) + '\\n';
                  const pushes = [];
                  for (const piece of [line, line, line]) {
                    try { parser.push(piece); pushes.push('read'); } catch (fault) { pushes.push(fault.name); }
                  }
                  const other = new EventParser(() => {}, 100);
                  try { other.push('x'.repeat(101)); } catch (fault) { pushes.push(fault.name); }
                  return pushes;
                }""");
        assertThat(told).isEqualTo(List.of("read", "read", "RangeError", "RangeError"));
    }

    @Test
    void aStreamComesBackWithItsLastIdAndEndsWhenItIsTold() {
        Object told = evaluate("""
                async () => {
                  const { streamEvents } = await import('/js/live.js');
                  const asked = [];
                  const answers = ['retry: 1\\nid: 4\\ndata: one\\n\\n', 'data: two\\n\\n', null];
                  const real = window.fetch;
                  window.fetch = (url, options) => {
                    asked.push(options.headers['Last-Event-ID'] ?? '');
                    const body = answers.shift();
                    return Promise.resolve(new Response(body, { status: body === null ? 204 : 200 }));
                  };
                  const events = [];
                  const states = [];
                  try {
                    await streamEvents('x', { onEvent: ({ data }) => events.push(data), onState: (state) => states.push(state) });
                  } finally {
                    window.fetch = real;
                  }
                  return { asked: asked.join(), events: events.join(), states: states.join() };
                }""");
        assertThat(told)
                .hasToString("{asked=,4,4, events=one,two, states=connecting,live,reconnecting,live,reconnecting}");
    }

    @Test
    void endpointsAreChosenAndSortedAsTheAddressSays() {
        Object chosen = evaluate("""
                async () => {
                  const { queryOf, selectEndpoints } = await import('/js/fleet-query.js');
                  const endpoint = (key, requestRate, more = {}) =>
                    ({ key, requestRate, mode: 'Scale', gate: { state: 'Trusted' }, warnings: [], nextPeak: null, currentReplicas: 1, ...more });
                  const fleet = [
                    endpoint('a/one', 5, { gate: { state: 'Distrusted' }, nextPeak: { at: 9 } }),
                    endpoint('b/two', 7, { nextPeak: { at: 3 } }),
                    endpoint('b/three', null, { warnings: ['The newest sample is stale.'] }),
                    endpoint('c/four', 0, { mode: 'Observe' }),
                  ];
                  const queries = ['', 'sort=rate', 'sort=rate&order=asc', 'sort=peak', 'sort=nonsense&gate=nonsense', 'q=B/',
                    'q=stale b/', 'q=observes', 'mode=Observe', 'gate=distrusted', 'warnings=true', 'sort=name&order=desc'];
                  return queries.map((query) =>
                    `${query}: ${selectEndpoints(fleet, queryOf(new URLSearchParams(query))).map(({ key }) => key).join(' ')}`).join('\\n');
                }""");
        assertThat(chosen).isEqualTo("""
                : a/one b/three b/two c/four
                sort=rate: b/two a/one c/four b/three
                sort=rate&order=asc: c/four a/one b/two b/three
                sort=peak: b/two a/one b/three c/four
                sort=nonsense&gate=nonsense: a/one b/three b/two c/four
                q=B/: b/three b/two
                q=stale b/: b/three
                q=observes: c/four
                mode=Observe: c/four
                gate=distrusted: a/one
                warnings=true: b/three
                sort=name&order=desc: c/four b/two b/three a/one""");
    }

    @Test
    void whatIsInTheAddressComesBackOutOfIt() {
        Object same = evaluate("""
                async () => {
                  const query = await import('/js/fleet-query.js');
                  const time = await import('/js/time-window.js');
                  const queries = ['', 'q=a+b&mode=Keda&gate=distrusted&warnings=true&sort=rate&order=asc', 'sort=peak&order=desc'];
                  const windows = ['', 'range=7d', 'from=2024-01-01T00%3A00%3A00Z&to=2024-01-01T06%3A00%3A00Z'];
                  return [
                    ...queries.map((text) => query.parametersOf(query.queryOf(new URLSearchParams(text))).toString() === text),
                    ...windows.map((text) => time.parametersOf(time.windowOf(new URLSearchParams(text))).toString() === text),
                    time.windowOf(new URLSearchParams('from=2024-01-02T00:00:00Z&to=2024-01-01T00:00:00Z')).preset === '24h',
                    time.windowOf(new URLSearchParams('range=never&from=x')).preset === '24h',
                  ];
                }""");
        assertThat((List<?>) same).hasSize(8).allMatch(Boolean.TRUE::equals);
    }

    @Test
    void zoomAndPanStayWhereThereIsSomethingToSee() {
        Object told = evaluate("""
                async () => {
                  const { faultOf, panned, stepOf, zoomed } = await import('/js/time-window.js');
                  const HOUR = 3_600_000;
                  const at = 1000 * HOUR;
                  const day = { from: at - 24 * HOUR, to: at };
                  const hours = ({ from, to }) => `${(from - at) / HOUR}..${(to - at) / HOUR}`;
                  return [
                    hours(zoomed(day, 0.5, at, at)),
                    hours(zoomed(day, 2, at - 12 * HOUR, at)),
                    hours(zoomed(day, 1e-9, at - 12 * HOUR, at)),
                    hours(panned(day, 0.5, at)),
                    hours(panned(day, 9, at)),
                    hours(panned(day, -999, at)),
                    hours(zoomed(day, 1e9, at, at)),
                    stepOf(day) / 60_000,
                    stepOf({ from: 0, to: 600_000 }) / 1000,
                    faultOf(at, at - 1, at) !== null && faultOf(null, at, at) !== null && faultOf(day.from, at, at) === null,
                  ].join(' ');
                }""");
        // A zoom of 1e-9 shows ten minutes around 12 hours ago.
        assertThat(told.toString())
                .isEqualTo(
                        "-12..0 -36..12 -12.083333333333334..-11.916666666666666 -12..12 24..48 -1440..-1416 -1440..48 5 10 true");
    }

    @Test
    void readsThatAreNotWantedAnyMoreAreTakenBack() {
        Object told = evaluate("""
                async () => {
                  const { BoundedReads } = await import('/js/bounded-reads.js');
                  const reads = new BoundedReads(2);
                  const log = [];
                  const open = [];
                  const read = (name) => reads.start((signal) => new Promise((resolve, reject) => {
                    log.push(name);
                    open.push(resolve);
                    signal.addEventListener('abort', () => { log.push(`${name} aborted`); reject(signal.reason); });
                  }));
                  const turn = () => new Promise((resolve) => setTimeout(resolve));
                  const takeBackOne = read('one');
                  read('two');
                  const takeBackThree = read('three');
                  read('four');
                  await turn();
                  takeBackThree();
                  takeBackOne();
                  await turn();
                  open[1]();
                  await turn();
                  return log.join(', ');
                }""");
        assertThat(told).isEqualTo("one, two, one aborted, four");
    }

    @Test
    void timesThatAreTypedAreReadInTheZoneThatIsShown() {
        Object told = evaluate("""
                async () => {
                  const { fieldTime, fullTime, parseFieldTime, showTimesIn } = await import('/js/format.js');
                  showTimesIn('Europe/Berlin');
                  const summer = Date.UTC(2024, 6, 1, 10, 30);
                  const told = [fullTime(summer), fieldTime(summer), parseFieldTime('2024-07-01T12:30') === summer,
                    new Date(parseFieldTime('2024-01-01T00:00')).toISOString(), parseFieldTime('soon')];
                  showTimesIn('UTC');
                  return [...told, fullTime(summer)].join('; ');
                }""");
        assertThat(told)
                .isEqualTo(
                        "Mon 1 Jul, 12:30:00 GMT+2; 2024-07-01T12:30; true; 2023-12-31T23:00:00.000Z; ; Mon 1 Jul, 10:30:00 UTC");
    }

    /** Beside the page's modules, without a view. */
    private Object evaluate(String script) {
        return on(Screen.DESKTOP).open("favicon.svg").page().evaluate(script);
    }
}
