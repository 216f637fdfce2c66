import { useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { HostFile, HostFolder } from '../../../shared/model/storage/image'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { DiskIcon } from '../../ui/icons/hardware'
import { FolderIcon } from '../../ui/icons/objects'
import { Spinner } from '../../ui/Spinner'
import { PickTable } from '../PickTable'
import { Breadcrumb } from './Breadcrumb'
import { inFolder } from './host-paths'
import { useAnswer } from '../../api/use-answer'

interface Props {
  readonly host: HostId
  readonly folder: string
  readonly onEnter: (folder: string) => void
  /** The file that is chosen, or nothing. */
  readonly chosen: string | undefined
  /** Absent: only folders can be had. */
  readonly onChoose?: (path: string) => void
}

/** A folder of the host. Choosing a folder goes into it. */
export function HostFolderPane({ host, folder, onEnter, chosen, onChoose }: Props) {
  const { value, error, isLoading, reload } = useAnswer(`folder ${host} ${folder}`, () =>
    api.files.folder({ host, path: folder }),
  )
  const [isShowingHidden, setShowingHidden] = useState(false)
  return (
    <>
      <Breadcrumb path={folder} onEnter={onEnter} />
      {error && !isLoading ? (
        <ErrorBox
          error={error}
          title={`The folder ${folder} could not be read`}
          actions={<Button onPress={reload}>Try again</Button>}
        />
      ) : value ? (
        <Files
          list={value}
          chosen={chosen}
          isShowingHidden={isShowingHidden}
          onShowHidden={() => setShowingHidden(true)}
          onPick={(file) => {
            const path = inFolder(folder, file.name)
            if (file.isFolder) onEnter(path)
            else onChoose?.(path)
          }}
          takesFiles={onChoose !== undefined}
        />
      ) : (
        <p className="hw-loading" role="status">
          <Spinner /> Reading the folder…
        </p>
      )}
    </>
  )
}

interface FilesProps {
  readonly list: HostFolder
  readonly chosen: string | undefined
  readonly isShowingHidden: boolean
  readonly onShowHidden: () => void
  readonly onPick: (file: HostFile) => void
  readonly takesFiles: boolean
}

function Files({ list, chosen, isShowingHidden, onShowHidden, onPick, takesFiles }: FilesProps) {
  const files = list.files.filter(({ name }) => isShowingHidden || !name.startsWith('.'))
  const hidden = list.files.length - files.length
  return (
    <>
      {files.length === 0 ? (
        <p className="hw-pick-empty" role="status">
          {hidden > 0 ? 'There are only hidden files here.' : 'This folder is empty.'}
        </p>
      ) : (
        <PickTable
          label="Files of the host"
          search={{ label: 'Filter files', placeholder: 'Name' }}
          heads={<Heads />}
          rows={files.map((file) => ({
            key: file.name,
            searched: file.name,
            isChosen: inFolder(list.path, file.name) === chosen,
            isOff: !file.isFolder && !takesFiles,
            cells: <Cells file={file} />,
          }))}
          onChoose={(name) => {
            const file = files.find((one) => one.name === name)
            if (file) onPick(file)
          }}
          nothing={(words) => `Nothing here has “${words}” in its name.`}
          more={(more) => {
            if (more > 0) return `${more} more; type to narrow the list.`
            return list.isTruncated
              ? 'The folder has more than is shown; the path of another one can be typed.'
              : undefined
          }}
        />
      )}
      {hidden > 0 ? (
        <div>
          <Button variant="quiet" onPress={onShowHidden}>
            Show {hidden} hidden
          </Button>
        </div>
      ) : null}
    </>
  )
}

function Heads() {
  return (
    <>
      <th scope="col">Name</th>
      <th scope="col" className="hw-col-size">
        Size
      </th>
      <th scope="col" className="hw-col-user">
        Changed
      </th>
    </>
  )
}

function Cells({ file }: { readonly file: HostFile }) {
  const { name, isFolder, isLink, sizeBytes, modifiedAtMs } = file
  return (
    <>
      <td>
        <span className="hw-pick-name">
          {isFolder ? <FolderIcon size={14} /> : <DiskIcon size={14} />}
          {name}
          {isFolder ? <span className="visually-hidden"> (folder)</span> : null}
          {isLink ? <span className="secondary">link</span> : null}
        </span>
      </td>
      <td className="hw-col-size">{sizeBytes === undefined ? '' : formatBytes(sizeBytes)}</td>
      <td>{modifiedAtMs === undefined ? '–' : new Date(modifiedAtMs).toLocaleDateString()}</td>
    </>
  )
}
