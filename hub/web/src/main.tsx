import './platform/styles/tokens.css';
import './platform/styles/base.css';
import './platform/styles/components.css';
import './platform/styles/forms.css';
import './platform/styles/lists.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { ErrorBoundary } from './platform/ErrorBoundary';
import { createQueryClient } from './platform/queryClient';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <QueryClientProvider client={createQueryClient()}>
        <App />
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
);
