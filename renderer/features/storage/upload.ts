import { errorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { droppedFile } from '../../api/dropped-file'
import { openDialog } from '../../stores/dialogs'
import { showToast } from '../../stores/toasts'

/** Lets the user choose a file of this computer, then asks what it shall be called there. */
export async function startUpload(host: HostId, pool: string): Promise<void> {
  try {
    const file = await api.files.chooseLocal({ kind: 'open', title: `Upload to ${pool}` })
    if (file) openDialog({ kind: 'storage', host, ask: { kind: 'upload', pool, files: [file] } })
  } catch (error) {
    showToast({ tone: 'error', title: 'The file cannot be uploaded', error: errorData(error) })
  }
}

/** The same for files that were dropped from the desktop; one that cannot be sent does not keep the others. */
export async function uploadDropped(host: HostId, pool: string, dropped: readonly File[]): Promise<void> {
  const results = await Promise.allSettled(dropped.map(droppedFile))
  const files = results.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  for (const [at, one] of results.entries()) {
    if (one.status === 'rejected')
      showToast({
        tone: 'error',
        title: `${dropped[at]?.name ?? 'What was dropped'} cannot be uploaded`,
        error: errorData(one.reason),
      })
  }
  if (files.length > 0) openDialog({ kind: 'storage', host, ask: { kind: 'upload', pool, files } })
}
