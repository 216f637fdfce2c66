import { useEffect, useState } from 'react'
import { errorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { Task } from '../../../shared/model/task'
import { api } from '../../api/client'
import { useHosts } from '../../stores/hosts'
import { openVm, useRoute } from '../../stores/route'
import { claimTask } from '../../stores/task-claims'
import { showToast } from '../../stores/toasts'
import { Button } from '../../ui/Button'
import { whyNoNewVm } from './new-vm-entry'

/** Runs a tiny guest and opens its screen: whether all of it works is seen in seconds. */
export function TestGuestButton({ host }: { readonly host: HostId }) {
  const why = useHosts(({ byId }) => whyNoNewVm(byId[host]))
  const [isBusy, setBusy] = useState(false)
  // it takes the host a moment to find out the first time, and the click need not wait for that; it tells failures itself
  useEffect(() => {
    if (why === undefined) api.hosts.capabilities({ host }).catch(() => undefined)
  }, [host, why])
  const run = async (): Promise<void> => {
    setBusy(true)
    await tryHost(host)
    setBusy(false)
  }
  return (
    <Button
      disabledReason={why}
      isBusy={isBusy}
      tooltip="A guest of one mebibyte that echoes what you type; it needs no download"
      onPress={() => void run()}
    >
      Try a test guest
    </Button>
  )
}

async function tryHost(host: HostId): Promise<void> {
  const { route } = useRoute.getState()
  let task: Task
  try {
    task = await (await claimTask(() => api.newVm.createTest({ host }))).ended
  } catch (reason) {
    showToast({ tone: 'error', title: 'The test guest cannot be made', error: errorData(reason) })
    return
  }
  const { state, vm, error } = task
  if (state === 'cancelled') return
  if (state === 'failed' || vm === undefined) {
    showToast({ tone: 'error', title: 'The test guest does not run', ...(error ? { error } : {}) })
    return
  }
  const open = (): void => openVm({ host, vm }, 'console')
  // whoever went elsewhere meanwhile is not taken away from it
  if (useRoute.getState().route === route) open()
  else showToast({ tone: 'success', title: 'The test guest runs', action: { label: 'Open it', run: open } })
}
