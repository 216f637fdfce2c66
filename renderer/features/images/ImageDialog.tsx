import { useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { ImageInfo } from '../../../shared/model/storage/image'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { DiskIcon } from '../../ui/icons/hardware'
import { Spinner } from '../../ui/Spinner'
import { Tabs } from '../../ui/Tabs'
import { CacheCalculator } from './CacheCalculator'
import { ImageOverview } from './ImageOverview'
import { ImageWork } from './ImageWork'
import { nameOf } from './image-text'
import './images.css'

type Page = 'overview' | 'work' | 'cache'

/** One image: what it is built on, what is in it, what can be done to it. */
export function ImageDialog({ host, path }: { readonly host: HostId; readonly path: string }) {
  const [page, setPage] = useState<Page>('overview')
  const {
    value: report,
    error,
    isLoading,
    reload,
  } = useAnswer(`image ${host} ${path}`, () => api.storage.image({ host, path }))
  const map = useAnswer(`map ${host} ${path}`, () => api.storage.imageMap({ host, path }))
  const top: ImageInfo | undefined = report?.chain[0]
  return (
    <Dialog
      title={`Image ${nameOf(path)}`}
      icon={DiskIcon}
      width={960}
      onClose={closeDialog}
      footer={<Button onPress={closeDialog}>Close</Button>}
    >
      <div className="image-pages">
        {error ? (
          <ErrorBox
            error={error}
            title="The image could not be read"
            actions={
              <Button isDisabled={isLoading} onPress={reload}>
                Try again
              </Button>
            }
          />
        ) : null}
        {!report && !error ? (
          <p className="secondary image-wait" role="status">
            <Spinner size={14} /> Looking at the image on the host…
          </p>
        ) : null}
        {report && top ? (
          <Tabs<Page>
            label="About the image"
            selected={page}
            onSelect={setPage}
            tabs={[
              {
                id: 'overview',
                label: 'Overview',
                content: <ImageOverview host={host} report={report} map={map} />,
              },
              {
                id: 'work',
                label: 'Work on it',
                isKept: true,
                content: (
                  <ImageWork
                    host={host}
                    report={report}
                    onDone={() => {
                      reload()
                      map.reload()
                    }}
                  />
                ),
              },
              ...(top.format === 'qcow2'
                ? [
                    {
                      id: 'cache' as const,
                      label: 'Cache',
                      content: <CacheCalculator image={top} />,
                    },
                  ]
                : []),
            ]}
          />
        ) : null}
      </div>
    </Dialog>
  )
}
