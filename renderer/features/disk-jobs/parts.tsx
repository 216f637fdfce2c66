import type { DiskPlan, DiskRef } from '../../../shared/model/disk-jobs/disk-job'
import { vmKey } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { useAnswer, type Answer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { SizeField } from '../../ui/SizeField'
import { Spinner } from '../../ui/Spinner'

/** What can be done with the disk, read when a dialog opens. */
export function useDiskPlan(disk: DiskRef): Answer<DiskPlan> {
  return useAnswer(`disk ${vmKey(disk)} ${disk.target}`, () => api.diskJobs.plan(disk))
}

export function Waiting({ answer }: { answer: Answer<DiskPlan> }) {
  const { error, isLoading, reload } = answer
  return error && !isLoading ? (
    <ErrorBox
      error={error}
      title="The disk could not be read"
      actions={<Button onPress={reload}>Try again</Button>}
    />
  ) : (
    <p className="disk-job-waiting" role="status">
      <Spinner size={14} /> Looking at the disk on the host…
    </p>
  )
}

/** Bytes a second, or what was typed that is none. */
export type Limit = number | string | undefined

export const leastLimit = 64 * 1024

export function limitError(limit: Limit): string | undefined {
  if (limit === undefined) return undefined
  return typeof limit === 'number' && limit >= leastLimit ? undefined : 'Enter at least 64 KiB, or nothing'
}

export function LimitField({ value, onChange }: { value: Limit; onChange: (value: Limit) => void }) {
  return (
    <SizeField
      label="At most, per second"
      value={value}
      onChange={onChange}
      usualUnit="MiB"
      placeholder="As fast as it goes"
      hint="Can be changed while it runs"
      error={limitError(value)}
    />
  )
}

/** Paths, a line each. */
export function PathList({ label, paths }: { label: string; paths: readonly string[] }) {
  return (
    <ul className="disk-job-paths selectable mono" aria-label={label}>
      {paths.map((path) => (
        <li key={path}>{path}</li>
      ))}
    </ul>
  )
}
