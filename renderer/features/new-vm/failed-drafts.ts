import { create } from 'zustand'
import type { ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { Wishes } from '../../../shared/model/new-vm/wishes'

/** What was typed for a VM that did not come to be, kept until it does, so that nobody has to type it again. */
export interface FailedDraft {
  readonly wishes: Wishes
  readonly name: string
  readonly error?: ErrorData
}

const useFailed = create<{ readonly byHost: Readonly<Record<HostId, FailedDraft>> }>(() => ({ byHost: {} }))

export function keepFailed(host: HostId, draft: FailedDraft): void {
  useFailed.setState(({ byHost }) => ({ byHost: { ...byHost, [host]: draft } }))
}

export function forgetFailed(host: HostId): void {
  useFailed.setState(({ byHost }) => {
    const { [host]: _, ...rest } = byHost
    return { byHost: rest }
  })
}

export function failedDraft(host: HostId): FailedDraft | undefined {
  return useFailed.getState().byHost[host]
}
