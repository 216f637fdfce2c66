import { useEffect, useRef, useState } from 'react'
import type { ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import { KvmTally, type KvmGuest, type KvmRate } from '../../../shared/model/monitor/kvm'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { useIsVisible } from '../../api/use-is-visible'
import { RateHistory } from './rate-history'

interface Options {
  readonly everyMs: number
  readonly isPaused: boolean
  /** Counts of this guest only, as long as it is there. */
  readonly guest: string | undefined
}

interface Kvm {
  /** Absent until the first answer. */
  readonly guests: readonly KvmGuest[] | undefined
  /** Whose counts they are; absent: of all. */
  readonly guest: string | undefined
  readonly rates: readonly KvmRate[]
  readonly exitsOf: (guest: KvmGuest) => KvmRate
  readonly history: RateHistory
  readonly error: ErrorData | undefined
  readonly reload: () => void
  readonly reset: () => void
}

/** The counters of a host's guests, read as long as they are on the screen. */
export function useKvm(host: HostId, { everyMs, isPaused, guest }: Options): Kvm {
  const [tally] = useState(() => new KvmTally())
  const [histories] = useState(() => new Map<string | undefined, RateHistory>())
  const [, setResets] = useState(0)
  const isVisible = useIsVisible()
  // an answer that comes after the pause began changes nothing
  const isWanted = useRef(true)
  useEffect(() => {
    isWanted.current = !isPaused
  }, [isPaused])
  const isOf =
    (id: string | undefined) =>
    (one: KvmGuest): boolean =>
      id === undefined || one.id === id
  const answer = useAnswer(
    `kvm ${host}`,
    async () => {
      const reading = await api.monitor.kvm({ host })
      if (!isWanted.current) return reading
      tally.add(reading)
      for (const [id, history] of histories) history.add(tally.rates(isOf(id)))
      return reading
    },
    { everyMs, isWanted: !isPaused && isVisible },
  )
  const shown = tally.guests.some(({ id }) => id === guest) ? guest : undefined
  let history = histories.get(shown)
  if (!history) {
    history = new RateHistory()
    histories.set(shown, history)
  }
  return {
    guests: answer.value === undefined ? undefined : tally.guests,
    guest: shown,
    rates: tally.rates(isOf(shown)),
    exitsOf: (one) => tally.rateOf(one, 'exits'),
    history,
    error: answer.error,
    reload: answer.reload,
    reset: () => {
      tally.reset()
      histories.clear()
      setResets((many) => many + 1)
    },
  }
}
