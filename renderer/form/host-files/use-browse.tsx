import { useState, type ReactNode } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { Button } from '../../ui/Button'
import { BrowseVolumesDialog } from '../BrowseVolumesDialog'

interface Options {
  readonly host: HostId
  /** Where the look begins. */
  readonly current: string
  readonly isForFolder?: boolean
  readonly onChoose: (path: string) => void
}

const nobody: ReadonlyMap<string, string> = new Map()

/**
 * Looks for a path of a host, for forms that are no part of a VM. The dialog goes beside the field and not into it, as
 * its own fields would take their labels from there.
 */
export function useBrowse({ host, current, isForFolder = false, onChoose }: Options): {
  readonly button: ReactNode
  readonly dialog: ReactNode
} {
  const [isBrowsing, setBrowsing] = useState(false)
  return {
    button: <Button onPress={() => setBrowsing(true)}>Browse…</Button>,
    dialog: isBrowsing ? (
      <BrowseVolumesDialog
        host={host}
        isForFolder={isForFolder}
        current={current}
        users={nobody}
        onClose={() => setBrowsing(false)}
        onChoose={({ path }) => {
          onChoose(path)
          setBrowsing(false)
        }}
      />
    ) : null,
  }
}
