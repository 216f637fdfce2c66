import { useState } from 'react'
import type { VolumeChoice } from '../../../shared/model/host-choices'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { Button } from '../../ui/Button'
import { ChosenFile } from './ChosenFile'
import { folderOf, nameIn } from './host-paths'
import { HostFolderPane } from './HostFolderPane'
import { useAnswer } from '../../api/use-answer'

interface Props {
  readonly host: HostId
  readonly wants: 'file' | 'folder'
  /** Where to begin. */
  readonly current: string
  readonly onChoose: (volume: VolumeChoice) => void
}

const usual = '/var/lib/libvirt/images'

/** Files and folders of the host, seen through its link. What is chosen is looked at before it is taken. */
export function HostFilesPlace({ host, wants, current, onChoose }: Props) {
  const [folder, setFolder] = useState(firstFolder(wants, current))
  const [chosen, setChosen] = useState<string | undefined>(
    wants === 'file' && current.startsWith('/') ? current : undefined,
  )
  const target = wants === 'folder' ? folder : chosen
  const image = useAnswer(
    wants === 'file' && chosen !== undefined ? `image ${host} ${chosen}` : undefined,
    () => api.storage.image({ host, path: chosen ?? '' }),
  )
  const access = useAnswer(target === undefined ? undefined : `access ${host} ${target}`, () =>
    api.files.access({ host, path: target ?? '' }),
  )
  const top = image.value?.chain[0]
  return (
    <>
      <HostFolderPane
        host={host}
        folder={folder}
        chosen={chosen}
        onEnter={(path) => {
          setFolder(path)
          setChosen(undefined)
        }}
        {...(wants === 'file' ? { onChoose: setChosen } : {})}
      />
      {target !== undefined && (wants === 'file' || access.value?.blockedAt !== undefined) ? (
        <ChosenFile host={host} path={target} image={top} access={access.value} onGranted={access.reload} />
      ) : null}
      <div className="hf-take">
        <Button
          variant="primary"
          disabledReason={target === undefined ? 'Choose a file first' : undefined}
          onPress={() => {
            if (target !== undefined) onChoose(choiceOf(target, wants, top?.format))
          }}
        >
          {wants === 'folder' ? 'Use this folder' : 'Choose this file'}
        </Button>
      </div>
    </>
  )
}

function firstFolder(wants: 'file' | 'folder', current: string): string {
  if (!current.startsWith('/')) return usual
  return wants === 'folder' ? current : folderOf(current)
}

/** Without a format, guests could choose which file they read: it is told wherever it is known. */
function choiceOf(path: string, wants: 'file' | 'folder', format: string | undefined): VolumeChoice {
  const isDevice = path.startsWith('/dev/')
  const type = wants === 'folder' ? 'dir' : isDevice ? 'block' : 'file'
  return { name: nameIn(path), path, type, ...(format === undefined ? {} : { format }) }
}
