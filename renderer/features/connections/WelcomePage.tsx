import { useCallback, useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { LocalDaemon } from '../../../shared/model/host'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { openDialog } from '../../stores/dialogs'
import { useHosts } from '../../stores/hosts'
import { go } from '../../stores/route'
import { Button } from '../../ui/Button'
import { PlusIcon } from '../../ui/icons/general'
import { AllVmsIcon, HostIcon, LogoIcon, PlugIcon, VmIcon } from '../../ui/icons/objects'
import { Spinner } from '../../ui/Spinner'
import { addDemoHost } from '../hosts/host-actions'
import { LocalDaemonCard } from './LocalDaemonCard'
import { NothingHereCard } from './NothingHereCard'
import './connections.css'

/** The first minute: what is on this computer, a host to play with, and how to reach others. */
export function WelcomePage() {
  const { daemons, error, isLooking, look } = useLocalDaemons()
  return (
    <main className="welcome" aria-label="Welcome">
      <div className="welcome-column">
        <header className="welcome-head">
          <LogoIcon size={48} />
          <div>
            <h1>Welcome to Innkeeper</h1>
            <p>Virtual machines on all your hosts, in one window. Add the first host to begin.</p>
          </div>
        </header>
        <section className="welcome-section" aria-label="On this computer">
          <h2>On this computer</h2>
          {error ? <ErrorBox error={error} title="This computer could not be searched" /> : null}
          <div className="cards">
            {daemons?.map((daemon) => (
              <LocalDaemonCard key={daemon.uri} daemon={daemon} onAdded={look} />
            ))}
            {daemons?.length === 0 ? <NothingHereCard isLooking={isLooking} onLook={look} /> : null}
            {daemons === undefined && !error ? (
              <div className="card" role="status">
                <span className="card-icon card-icon-off">
                  <Spinner size={18} />
                </span>
                <span className="card-note">Looking for hypervisors…</span>
              </div>
            ) : null}
          </div>
        </section>
        <section className="welcome-section" aria-label="Somewhere else">
          <h2>Somewhere else</h2>
          <div className="cards">
            <div className="card">
              <span className="card-icon">
                <PlugIcon size={18} />
              </span>
              <div className="card-text">
                <span className="card-title">A remote host</span>
                <span className="card-note">
                  Any computer with libvirt that you can reach by SSH or TLS. Nothing needs to be installed on
                  it.
                </span>
              </div>
              <Button icon={PlusIcon} variant="primary" onPress={() => openDialog({ kind: 'addHost' })}>
                Add host…
              </Button>
            </div>
            <div className="card">
              <span className="card-icon">
                <HostIcon size={18} />
              </span>
              <div className="card-text">
                <span className="card-title">Hosts you have already</span>
                <span className="card-note">
                  From virt-manager, your SSH configuration or libvirt’s aliases.
                </span>
              </div>
              <Button onPress={() => openDialog({ kind: 'importHosts' })}>Import…</Button>
            </div>
            <div className="card">
              <span className="card-icon">
                <VmIcon size={18} />
              </span>
              <div className="card-text">
                <span className="card-title">Demo host</span>
                <span className="card-note">
                  A make-believe host with a dozen machines, to look around safely.
                </span>
              </div>
              <Button onPress={() => void addDemoHost()}>Open demo</Button>
            </div>
          </div>
        </section>
        <BackToList />
      </div>
    </main>
  )
}

/** Shown when the page was opened on purpose, with hosts already there. */
function BackToList() {
  const hasHosts = useHosts((state) => state.order.length > 0)
  return hasHosts ? (
    <div>
      <Button icon={AllVmsIcon} onPress={() => go({ kind: 'all' })}>
        Show all virtual machines
      </Button>
    </div>
  ) : null
}

function useLocalDaemons() {
  const [daemons, setDaemons] = useState<readonly LocalDaemon[]>()
  const [error, setError] = useState<ErrorData>()
  const [isLooking, setLooking] = useState(false)
  const look = useCallback(() => {
    setLooking(true)
    setError(undefined)
    api.hosts
      .findLocal()
      .then(setDaemons, (reason) => setError(errorData(reason)))
      .finally(() => setLooking(false))
  }, [])
  useEffect(look, [look])
  return { daemons, error, isLooking, look }
}
