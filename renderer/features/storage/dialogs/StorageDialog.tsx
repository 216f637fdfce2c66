import type { StorageDialogRequest } from '../../../stores/storage-dialogs'
import { CloneVolumeDialog } from './CloneVolumeDialog'
import { CopyPoolDialog } from './CopyPoolDialog'
import { CreatePoolDialog } from './CreatePoolDialog'
import { CreateVolumeDialog } from './CreateVolumeDialog'
import { DeletePoolDialog } from './DeletePoolDialog'
import { DeleteVolumesDialog } from './DeleteVolumesDialog'
import { EditPoolDialog } from './EditPoolDialog'
import { ResizeVolumeDialog } from './ResizeVolumeDialog'
import { StopPoolDialog } from './StopPoolDialog'
import { UploadDialog } from './UploadDialog'
import { WipeVolumeDialog } from './WipeVolumeDialog'
import './storage-dialogs.css'

/** The dialogs of the storage page. */
export function StorageDialog({ dialog: { host, ask } }: { dialog: StorageDialogRequest }) {
  switch (ask.kind) {
    case 'createPool':
      return <CreatePoolDialog host={host} initial={ask.values} />
    case 'editPool':
      return <EditPoolDialog host={host} pool={ask.pool} page={ask.page} />
    case 'stopPool':
      return <StopPoolDialog host={host} pool={ask.pool} />
    case 'deletePool':
      return <DeletePoolDialog host={host} pool={ask.pool} />
    case 'copyPool':
      return <CopyPoolDialog host={host} pool={ask.pool} />
    case 'createVolume':
      return <CreateVolumeDialog host={host} pool={ask.pool} base={ask.base} />
    case 'upload':
      return <UploadDialog host={host} pool={ask.pool} files={ask.files} />
    case 'cloneVolume':
      return <CloneVolumeDialog host={host} pool={ask.pool} volume={ask.volume} />
    case 'resizeVolume':
      return <ResizeVolumeDialog host={host} pool={ask.pool} volume={ask.volume} />
    case 'wipeVolume':
      return <WipeVolumeDialog host={host} pool={ask.pool} volume={ask.volume} />
    case 'deleteVolumes':
      return <DeleteVolumesDialog host={host} pool={ask.pool} volumes={ask.volumes} />
  }
}
