import { mount } from 'svelte';

import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/manage.css';
import Manage from './Manage.svelte';

const target = document.getElementById('app');
if (target) mount(Manage, { target });
