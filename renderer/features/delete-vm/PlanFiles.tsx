import type { DeletePlanFile, FileRole } from '../../../shared/model/delete-plan'
import type { HostId } from '../../../shared/model/ids'
import { formatBytes } from '../../../shared/units'
import { Checkbox } from '../../ui/Checkbox'
import { WarningIcon } from '../../ui/icons/general'
import { canDeleteFile, fileKey, overlaysThatStay } from './delete-choice'

interface Props {
  readonly host: HostId
  readonly label: string
  readonly files: readonly DeletePlanFile[]
  readonly chosen: ReadonlySet<string>
  readonly onTick: (keys: readonly string[], isTicked: boolean) => void
}

/** Every file the VM uses, each image above those it is built on, and whether it goes. */
export function PlanFiles({ host, label, files, chosen, onTick }: Props) {
  if (files.length === 0) return <p className="secondary">It has no storage of its own.</p>
  return (
    <ul className="plan-files" aria-label={label}>
      {files.map((file) => {
        const key = fileKey(host, file.path)
        const above = overlaysThatStay(host, file, chosen)
        const isOpen = canDeleteFile(file) && above.length === 0
        return (
          <li key={file.path} className={`plan-file${file.role === 'layer' ? ' plan-layer' : ''}`}>
            <Checkbox
              isSelected={chosen.has(key)}
              isDisabled={!isOpen}
              onChange={(isTicked) => onTick([key], isTicked)}
            >
              <Path path={file.path} />
              <span className="plan-meta">{describe(file)}</span>
              {whyItStays(file, above).map((why) => (
                <span key={why} className="plan-meta">
                  {why}
                </span>
              ))}
            </Checkbox>
            {file.usedBy.length === 0 ? null : (
              <p className="plan-warning">
                <WarningIcon size={14} />
                <span>{`Stays: also used by ${listed(file.usedBy)}`}</span>
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}

export function Path({ path }: { path: string }) {
  const at = path.lastIndexOf('/') + 1
  return (
    <span className="plan-path mono">
      <span className="plan-folder">{path.slice(0, at)}</span>
      {path.slice(at)}
    </span>
  )
}

function whyItStays(file: DeletePlanFile, above: readonly string[]): string[] {
  if (file.keep !== undefined) return [`Stays: ${file.keep}`]
  if (!canDeleteFile(file)) return []
  if (above.length > 0) return [`Goes only together with ${listed(above.map(fileName))}`]
  return file.sharedWith.length === 0
    ? []
    : [`Shared with ${listed(file.sharedWith)}, and goes with the last`]
}

const roles: Record<FileRole, string> = {
  disk: 'Disk',
  media: 'Disc or medium',
  seed: 'Made for its first start',
  layer: 'Below disk',
  snapshot: 'Needed by its snapshots, disk',
  memory: 'Memory of a snapshot',
  kernel: 'For its start:',
}

function describe(file: DeletePlanFile): string {
  const size = file.sizeBytes === undefined ? undefined : formatBytes(file.sizeBytes)
  const used =
    file.allocationBytes === undefined || file.allocationBytes === file.sizeBytes
      ? undefined
      : `${formatBytes(file.allocationBytes)} used`
  return [`${roles[file.role]} ${file.target}`.trim(), file.format, size, used].filter(Boolean).join(' · ')
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

const mostNames = 4

export function listed(names: readonly string[]): string {
  const more = names.length - mostNames
  return more > 0 ? `${names.slice(0, mostNames).join(', ')} and ${more} more` : names.join(', ')
}
