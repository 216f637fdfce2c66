import type { HostId } from '../../../shared/model/ids'
import type { Secret } from '../../../shared/model/secret'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { ReadFailure } from '../../components/ReadFailure'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { Button, IconButton } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { KeyIcon, MoreIcon, PlusIcon, TrashIcon, WarningIcon } from '../../ui/icons/general'
import { MenuButton } from '../../ui/Menu'
import { Card, HostTab } from '../hosts/HostTab'
import { useAnswer } from '../../api/use-answer'
import { useResourceChanges } from '../hosts/use-resource-changes'
import { whyLocked } from '../hosts/why-locked'
import { secretName, usageText, valueText } from '../../components/secret-words'
import './secrets.css'

/** What a host keeps secret for its VMs and pools: never the values. */
export function SecretsTab({ host: id }: { host: HostId }) {
  const host = useHost(id)
  const isConnected = host?.status.kind === 'connected'
  const answer = useAnswer(`secrets ${id}`, () => api.secrets.list({ host: id }), {
    isWanted: isConnected,
    isKept: true,
  })
  useResourceChanges(id, ['secret'], answer.reload)
  if (!host) return null
  const lockedReason = whyLocked(host)
  const create = (
    <Button
      icon={PlusIcon}
      className="button-small"
      disabledReason={lockedReason}
      onPress={() => openDialog({ kind: 'newSecret', host: id })}
    >
      New secret…
    </Button>
  )
  return (
    <HostTab
      answer={answer}
      isConnected={isConnected}
      failure="The secrets could not be listed"
      waiting="Reading the list of secrets…"
    >
      {({ items, error }) =>
        // a host that has none can be given none
        error?.kind === 'unsupported' ? (
          <ReadFailure error={error} reload={answer.reload} />
        ) : (
          <>
            <p className="host-lead">
              Passphrases and keys that the host keeps for storage: disks and pools name them, and the host
              uses them. Innkeeper hands values over and never reads, shows or keeps them.
            </p>
            {error ? <ErrorBox error={error} title="The host did not tell all of its secrets" /> : null}
            {items.length === 0 && !error ? (
              <EmptyState icon={KeyIcon} title="This host keeps no secrets" actions={create}>
                One is needed for encrypted images, Ceph, iSCSI with a password, and encrypted TPM state.
              </EmptyState>
            ) : (
              <Card title="Secrets" isWide aside={create}>
                <table className="host-table secrets-table" aria-label="Secrets">
                  <thead>
                    <tr>
                      <th scope="col">Name</th>
                      <th scope="col">For</th>
                      <th scope="col">Value</th>
                      <th scope="col">Used by</th>
                      <th scope="col">
                        <span className="visually-hidden">Actions</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((secret) => (
                      <SecretRow key={secret.uuid} host={id} secret={secret} lockedReason={lockedReason} />
                    ))}
                  </tbody>
                </table>
              </Card>
            )}
          </>
        )
      }
    </HostTab>
  )
}

interface RowProps {
  readonly host: HostId
  readonly secret: Secret
  readonly lockedReason: string | undefined
}

function SecretRow({ host, secret, lockedReason }: RowProps) {
  const { uuid, description, isEphemeral, isPrivate, hasValue, usedBy } = secret
  const name = secretName(secret)
  return (
    <tr>
      <th scope="row">
        <span className="selectable secrets-name" title={name}>
          {name}
        </span>
        {description === undefined ? null : (
          <span className="secrets-more secrets-words" title={description}>
            {description}
          </span>
        )}
        {name === uuid ? null : <span className="secrets-more secrets-uuid mono selectable">{uuid}</span>}
      </th>
      <td>
        {usageText(secret)}
        {isEphemeral ? (
          <span className="secrets-more" title="Kept in memory only: gone when libvirt restarts">
            In memory only
          </span>
        ) : null}
        {isPrivate ? (
          <span className="secrets-more" title="libvirt gives its value to nobody who asks">
            Private
          </span>
        ) : null}
      </td>
      <td className={hasValue === false ? 'secrets-none' : undefined}>
        {hasValue === false ? <WarningIcon size={14} /> : null}
        {valueText(secret)}
      </td>
      <td className="selectable">{usedBy.join(', ') || <span className="secondary">–</span>}</td>
      <td className="secrets-actions">
        <div>
          <Button
            className="button-small"
            disabledReason={lockedReason}
            aria-label={`Set value of ${name}`}
            onPress={() => openDialog({ kind: 'setSecretValue', host, uuid })}
          >
            Set value…
          </Button>
          <MenuButton
            label={`Actions for ${name}`}
            entries={[
              {
                id: 'delete',
                label: 'Delete…',
                icon: TrashIcon,
                isDanger: true,
                disabledReason: lockedReason,
                run: () => openDialog({ kind: 'deleteSecret', host, uuid }),
              },
            ]}
          >
            <IconButton icon={MoreIcon} label={`More for ${name}`} className="button-small" />
          </MenuButton>
        </div>
      </td>
    </tr>
  )
}
