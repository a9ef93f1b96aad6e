{% macro leaves_in(item_code, rows) -%}
    {#- Joins the item to the schools it asks about: those of kinds it leaves out are not there. -#}
    inner join {{ ref('int_items_listed') }} as items
        on {{ rows }}.school_year = items.school_year
            and items.item_code = '{{ item_code }}'
            and not list_contains(string_split(coalesce(items.leaves_out, '-'), '|'), {{ rows }}.scope_rule)
{%- endmacro %}


{% macro limit_of(limits, limit_code, stage=none) -%}
    {#- The limit of the row's item, standard and year; with `stage` the one of that stage. -#}
    {{ limits }}.school_year = items.school_year
        and {{ limits }}.standard_code = items.standard_code
        and {{ limits }}.item_code = items.item_code
        and {{ limits }}.limit_code = '{{ limit_code }}'
        and {{ limits }}.exception_code is null
    {%- if stage %}
        and {{ limits }}.stage = {{ stage }}
    {%- endif %}
{%- endmacro %}


{% macro granted_limits(item_code) -%}
    {#- What dated exceptions switched on for a school make of an item's limits, the strictest of its stages. -#}
    select
        granted.school_year,
        granted.school_code,
        limits.standard_code,
        limits.limit_code,
        limits.exception_code,
        max(limits.value) as value
    from {{ ref('school_exceptions') }} as granted
    inner join {{ ref('int_item_limits_dated') }} as limits
        on granted.school_year = limits.school_year
            and granted.exception_code = limits.exception_code
            and limits.item_code = '{{ item_code }}'
            and coalesce(limits.stage, granted.stage, '') = coalesce(granted.stage, '')
    inner join {{ ref('exceptions') }} as rules
        on granted.exception_code = rules.exception_code
            and rules.is_computed
            and make_date(granted.school_year, 9, 1) between rules.valid_from and rules.valid_to
    group by all
{%- endmacro %}


{% macro whole_short(part, whole, target) -%}
    {#- How many whole units the part lacks to the target share of the whole; 0 where it is reached. -#}
    case
        when {{ reaches(part, '(' ~ target ~ ') * (' ~ whole ~ ')') }} then 0
        else ceil(({{ target }}) * ({{ whole }}) * (1 - {{ parameter('test_tolerance') }})) - ({{ part }})
    end
{%- endmacro %}


{% macro whole_spare(part, whole, target) -%}
    {#- How many whole units the part may lose and still reach the target share of the whole. -#}
    case
        when {{ reaches(part, '(' ~ target ~ ') * (' ~ whole ~ ')') }}
            then ({{ part }}) - ceil(({{ target }}) * ({{ whole }}) * (1 - {{ parameter('test_tolerance') }}))
    end
{%- endmacro %}


{% macro half_up(figure, decimals) -%}
    {#- A figure as text, rounded half up on its decimals as people and the official forms round: 84.85 gives 84.9. -#}
    cast(round(cast({{ figure }} as decimal(38, 12)), {{ decimals }}) as varchar)
{%- endmacro %}


{% macro figure_words(kind, value, other) -%}
    {#- A figure as a sentence prints it; where rounding would make it look like the other one it gets more digits. -#}
    case
        when {{ value }} is null then '—'
        when {{ kind }} = 'between_share' then {{ half_up(value, 3) }}
        when {{ kind }} like '%share' and round({{ value }}, 3) = round({{ other }}, 3) and {{ value }} <> {{ other }}
            then regexp_replace({{ half_up(value ~ ' * 100', 4) }}, '0{1,3}$', '') || '%'
        when {{ kind }} like '%share' then {{ half_up(value ~ ' * 100', 1) }} || '%'
        when {{ kind }} = 'coefficient' and round({{ value }}, 3) = round({{ other }}, 3) and {{ value }} <> {{ other }}
            then {{ half_up(value, 6) }}
        when {{ kind }} = 'coefficient' then {{ half_up(value, 3) }}
        when {{ kind }} = 'level' then ['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ'][cast({{ value }} as integer)]
        else {{ figure_text(value) }}
    end
{%- endmacro %}


{% macro site_total(totals, sites) -%}
    {#- A site's amount: the sum of its stages where each gives it, else that of the whole. -#}
    case when {{ totals }}.stages_given >= {{ sites }}.stage_count then {{ totals }}.staged else {{ totals }}.whole end
{%- endmacro %}


{% macro undone_by_one(verdict, school, standard) -%}
    {#- 0 where one unit less of one indicator would undo a school's compliance. -#}
    case
        when {{ verdict }}.verdict = 'compliant'
            and (
                {{ school }}.falls_below
                or ({{ school }}.falls_near and {{ verdict }}.indicators_met = {{ standard }}.min_indicators_met)
            ) then 0
    end
{%- endmacro %}


{% macro declared_figure(figures, item_code, field) -%}
    {#- One figure of 县级数据 for the year of the group; null where it is not declared. -#}
    max(case when {{ figures }}.item_code = '{{ item_code }}' and {{ figures }}.field = '{{ field }}' then {{ figures }}.value end)
{%- endmacro %}
