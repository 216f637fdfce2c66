import { useEffect, useState } from 'react'
import type { AppInfo } from '../../../shared/ipc/contract'
import { api } from '../../api/client'
import { closeDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { LogoIcon } from '../../ui/icons/objects'
import { Note } from '../../ui/Note'

export function AboutDialog() {
  const [info, setInfo] = useState<AppInfo>()
  useEffect(() => void api.app.info().then(setInfo), [])
  return (
    <Dialog
      title="About Innkeeper"
      width={420}
      isDismissable
      onClose={closeDialog}
      footer={
        <Button variant="primary" onPress={closeDialog}>
          Close
        </Button>
      }
    >
      <div className="about-head">
        <LogoIcon size={44} />
        <div>
          <h3>Innkeeper {info?.version}</h3>
          <p className="secondary">Virtual machines on many hosts, from one window.</p>
        </div>
      </div>
      {info ? (
        <p className="secondary selectable">
          {`Electron ${info.electron} on ${info.platform}. Licensed under the Apache License 2.0.`}
        </p>
      ) : null}
      {info?.isSubstituteRuntime ? <SubstituteNote /> : null}
    </Dialog>
  )
}

function SubstituteNote() {
  return (
    <Note tone="warning" title="Substitute runtime">
      <span>
        The official Electron could not be downloaded, so an older, unpatched one is used. It is meant for
        development and tests only.
      </span>
    </Note>
  )
}
