/** What a host can give its VMs, asked when a form needs it and kept for a while, so that pages appear at once. */
import { useEffect } from 'react'
import { create } from 'zustand'
import { errorData, type ErrorData } from '../../shared/errors'
import type { HostChoices, VolumeList } from '../../shared/model/host-choices'
import type { GuestCapabilities, HostCapabilities, HostDetails } from '../../shared/model/host-details'
import type { HostId } from '../../shared/model/ids'
import type { GuestFacts } from '../../shared/model/hardware/view'
import type { NodeDevice } from '../../shared/model/node-device'
import { api } from '../api/client'

export interface Answer<T> {
  readonly value?: T
  readonly error?: ErrorData
  readonly isLoading: boolean
}

interface Kept extends Answer<unknown> {
  readonly atMs: number
}

const useAnswers = create<{ readonly byKey: Readonly<Record<string, Kept>> }>(() => ({ byKey: {} }))

/** What may change while somebody works is asked again after this long, when a form that needs it opens. */
const freshMs = 20_000
const unasked: Answer<never> = { isLoading: false }

function put(key: string, kept: Kept): void {
  useAnswers.setState(({ byKey }) => ({ byKey: { ...byKey, [key]: kept } }))
}

async function load(key: string, ask: () => Promise<unknown>): Promise<void> {
  const before = useAnswers.getState().byKey[key]
  put(key, { ...before, isLoading: true, atMs: Date.now() })
  try {
    put(key, { value: await ask(), isLoading: false, atMs: Date.now() })
  } catch (error) {
    put(key, { ...before, error: errorData(error), isLoading: false, atMs: Date.now() })
  }
}

function useAnswer<T>(key: string, isWanted: boolean, ask: () => Promise<T>): Answer<T> {
  const kept = useAnswers((state) => state.byKey[key])
  useEffect(() => {
    if (!isWanted) return
    const known = useAnswers.getState().byKey[key]
    if (known && (known.isLoading || Date.now() - known.atMs < freshMs)) return
    void load(key, ask)
    // `ask` is made anew at each drawing; `key` says what it asks
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, isWanted])
  return (kept as Answer<T> | undefined) ?? unasked
}

export function useHostChoices(host: HostId, isWanted = true): Answer<HostChoices> {
  return useAnswer(`choices ${host}`, isWanted, () => api.hosts.choices({ host }))
}

export function useNodeDevices(host: HostId, isWanted = true): Answer<readonly NodeDevice[]> {
  return useAnswer(`devices ${host}`, isWanted, () => api.hosts.nodeDevices({ host }))
}

export function useHostCapabilities(host: HostId, isWanted = true): Answer<HostCapabilities> {
  return useAnswer(`capabilities ${host}`, isWanted, () => api.hosts.capabilities({ host }))
}

export function useHostDetails(host: HostId, isWanted = true): Answer<HostDetails> {
  return useAnswer(`details ${host}`, isWanted, () => api.hosts.details({ host }))
}

export function useVolumes(host: HostId, pool: string | undefined): Answer<VolumeList> {
  return useAnswer(`volumes ${host} ${pool ?? ''}`, pool !== undefined, () =>
    api.hosts.volumes({ host, pool: pool ?? '' }),
  )
}

/** A moment ago: several parts of one dialog open together. */
const justNowMs = 1000

/**
 * For dialogs: what the host has may have become another since it was asked, also by somebody else. What is known is shown
 * at once, and asked for again meanwhile.
 */
export function useReadAnew(host: HostId): void {
  useEffect(() => {
    if (isOld(`choices ${host}`)) askForChoices(host)
  }, [host])
}

/** Likewise the volumes of a pool, when they are shown to be chosen from. */
export function useReadVolumesAnew(host: HostId, pool: string | undefined): void {
  useEffect(() => {
    if (pool !== undefined && isOld(`volumes ${host} ${pool}`)) askForVolumes(host, pool)
  }, [host, pool])
}

/** What was never asked for is asked by whoever shows it. */
function isOld(key: string): boolean {
  const kept = useAnswers.getState().byKey[key]
  return kept !== undefined && !kept.isLoading && Date.now() - kept.atMs >= justNowMs
}

/** Asks again at once, after a failure. */
export function askForChoices(host: HostId): void {
  void load(`choices ${host}`, () => api.hosts.choices({ host }))
}

export function askForDevices(host: HostId): void {
  void load(`devices ${host}`, () => api.hosts.nodeDevices({ host }))
}

export function askForVolumes(host: HostId, pool: string): void {
  void load(`volumes ${host} ${pool}`, () => api.hosts.volumes({ host, pool }))
}

/** Who has which device and address is different now; what was told stays until it is asked for again. */
export function expectOtherUses(host: HostId): void {
  const { byKey } = useAnswers.getState()
  for (const key of [`devices ${host}`, `choices ${host}`]) {
    const kept = byKey[key]
    if (kept) put(key, { ...kept, atMs: 0 })
  }
}

const word = /^[A-Za-z0-9_.+:-]{1,128}$/

/** Undefined while unknown, and for guests the host tells nothing about. */
export function useGuestCapabilities(
  host: HostId,
  guest: GuestFacts | undefined,
  isWanted: boolean,
): GuestCapabilities | undefined {
  const { architecture = '', virtType = '', machine = '' } = guest ?? {}
  const canAsk = word.test(architecture) && word.test(virtType) && (machine === '' || word.test(machine))
  const { value } = useAnswer(
    `guest ${host} ${architecture} ${virtType} ${machine}`,
    isWanted && guest !== undefined && canAsk,
    () =>
      api.hosts.guestCapabilities({
        host,
        architecture,
        virtType,
        ...(machine === '' ? {} : { machine }),
      }),
  )
  return value
}

/** For tests: what one host said is not known to the next test. */
export function forgetHostData(): void {
  useAnswers.setState({ byKey: {} })
}
