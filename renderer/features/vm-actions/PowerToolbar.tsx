import { Toolbar } from 'react-aria-components'
import type { PowerAction, Vm } from '../../../shared/model/vm'
import { Button, IconButton } from '../../ui/Button'
import { MoreIcon } from '../../ui/icons/general'
import { MenuButton } from '../../ui/Menu'
import { actionLabel, judge, primaryAction, vmActions } from './actions'
import { vmMenuEntries } from './menu-entries'
import { runAction } from './run'
import { useActionContext } from './use-action-context'
import './vm-actions.css'

interface Props {
  readonly vms: readonly Vm[]
  /** Only icons, where room is short. */
  readonly isCompact?: boolean
}

/** The everyday verbs as buttons, everything else behind "More". */
export function PowerToolbar({ vms, isCompact = false }: Props) {
  const context = useActionContext()
  const actions: PowerAction[] = [primaryAction(vms, context), 'pause', 'shutdown', 'reboot', 'forceOff']
  return (
    <Toolbar className="power-toolbar" aria-label="Power">
      {actions.map((action, index) => {
        const { able, reason } = judge(action, vms, context)
        const { icon, label, shortcut } = vmActions[action]
        const hasText = !isCompact && (index === 0 || action === 'shutdown')
        return (
          <Button
            key={index === 0 ? 'primary' : action}
            icon={icon}
            variant={hasText ? 'plain' : 'quiet'}
            disabledReason={reason}
            tooltip={actionLabel(action, able.length)}
            shortcut={shortcut}
            aria-label={label}
            onPress={() => runAction(action, able)}
          >
            {hasText ? label : undefined}
          </Button>
        )
      })}
      <MenuButton label="More actions" entries={vmMenuEntries(vms, context)}>
        <IconButton icon={MoreIcon} label="More actions" isDisabled={vms.length === 0} />
      </MenuButton>
    </Toolbar>
  )
}
