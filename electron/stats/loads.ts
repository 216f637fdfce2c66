import type { AppEmitters, VmChange } from '../../shared/ipc/contract'
import type { HostId, VmRef } from '../../shared/model/ids'
import { packTick } from '../../shared/model/packed-tick'
import type { StatsTick } from '../../shared/model/stats'
import type { HistoryAnswer, HistoryInput } from '../../shared/model/stats-history'
import type { Alarm, Threshold } from '../../shared/model/thresholds'
import { StatsThresholds } from '../settings/stats-thresholds'
import { EventLog } from '../stats-history/event-log'
import { StatsHistory } from '../stats-history/stats-history'
import { ThresholdWatch, type VmFacts } from './threshold-watch'

type StatsEmitters = AppEmitters['stats']

/** As hosts and watches tell loads. */
export interface LoadEmitters extends Pick<StatsEmitters, 'hostTick' | 'vmLoad'> {
  tick(tick: StatsTick): void
}

interface LoadsOptions {
  /** Where the past and the thresholds are kept. */
  readonly directory: string
  readonly emit: StatsEmitters
  facts(ref: VmRef): VmFacts | undefined
  notify(note: { readonly title: string; readonly body: string }): void
  onError(error: unknown): void
}

/** What is done with loads beside showing them: they are remembered, and held against thresholds. */
export class Loads {
  /** Tells the window and keeps what it tells. */
  readonly emit: LoadEmitters
  readonly #history: StatsHistory
  readonly #events: EventLog
  readonly #watch: ThresholdWatch
  readonly #thresholds: StatsThresholds

  private constructor(options: LoadsOptions, thresholds: StatsThresholds) {
    const { emit } = options
    this.#history = new StatsHistory(options)
    this.#events = new EventLog(options)
    this.#thresholds = thresholds
    this.#watch = new ThresholdWatch({
      facts: (ref) => options.facts(ref),
      notify: (note) => options.notify(note),
      changed: (alarms) => emit.alarmsChanged({ alarms }),
    })
    this.#watch.use(thresholds.list())
    this.emit = {
      tick: (tick) => {
        emit.tick(packTick(tick))
        this.#history.addTick(tick)
        this.#watch.add(tick)
      },
      hostTick: (tick) => {
        emit.hostTick(tick)
        this.#history.addHostTick(tick)
      },
      vmLoad: (message) => {
        emit.vmLoad(message)
        if (message.kind === 'load') this.#history.addLoad(message)
      },
    }
  }

  static async open(options: LoadsOptions): Promise<Loads> {
    return new Loads(options, await StatsThresholds.open(options.directory))
  }

  /** Reads the past meanwhile: nobody waits for it. */
  start(): void {
    void this.#history.start()
    void this.#events.start()
  }

  history(input: HistoryInput): HistoryAnswer {
    const events = input.subjects.flatMap((subject) =>
      subject.kind === 'vm' ? this.#events.between(subject, input.fromMs, input.toMs) : [],
    )
    return { columns: this.#history.query(input), events }
  }

  saw(changes: readonly VmChange[]): void {
    this.#events.saw(changes)
  }

  hostAway(host: HostId): void {
    this.#watch.forgetHost(host)
  }

  forgetHost(host: HostId): void {
    this.#history.forgetHost(host)
    this.#events.forgetHost(host)
    this.#watch.forgetHost(host)
  }

  alarms(): readonly Alarm[] {
    return this.#watch.alarms
  }

  thresholds(): readonly Threshold[] {
    return this.#thresholds.list()
  }

  async setThresholds(all: readonly Threshold[]): Promise<void> {
    this.#watch.use(all)
    await this.#thresholds.replace(all)
  }

  /** Ends when all is on disk. */
  async close(): Promise<void> {
    await Promise.all([this.#history.stop(), this.#events.flush()])
  }
}
