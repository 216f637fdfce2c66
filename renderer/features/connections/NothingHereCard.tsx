import { useEffect, useState } from 'react'
import { api } from '../../api/client'
import { Button } from '../../ui/Button'
import { HostIcon } from '../../ui/icons/objects'
import { RebootIcon } from '../../ui/icons/power'
import { howToGetQemu } from './how-to-get-qemu'

interface Props {
  readonly isLooking: boolean
  readonly onLook: () => void
}

/** No hypervisor on this computer: how to get one here, and whether one can be had at all. */
export function NothingHereCard({ isLooking, onLook }: Props) {
  const [platform, setPlatform] = useState<string>()
  useEffect(() => void api.app.info().then((info) => setPlatform(info.platform)), [])
  const { sentence, commands, canRunHere } = howToGetQemu(platform)
  return (
    <div className="card">
      <span className="card-icon card-icon-off">
        <HostIcon size={18} />
      </span>
      <div className="card-text">
        <span className="card-title">
          {canRunHere ? 'No hypervisor found' : 'Virtual machines run on other computers'}
        </span>
        <span className="card-note">{sentence}</span>
        {commands.map(({ system, command }) => (
          <span key={system} className="card-note">
            {system}: <code className="mono selectable">{command}</code>
          </span>
        ))}
      </div>
      {canRunHere ? (
        <Button icon={RebootIcon} isBusy={isLooking} onPress={onLook}>
          Look again
        </Button>
      ) : null}
    </div>
  )
}
