import { errorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
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
