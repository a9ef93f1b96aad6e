{% set measures = {
    'qualified_teachers': ('required.field is not null', 'teachers.education is not null'),
    'backbone_teachers': ('teachers.is_backbone', 'teachers.has_backbone_level'),
    'pe_arts_teachers': ('teachers.subject_field is not null', 'teachers.has_subject'),
} %}

with

teachers as (
    select * from {{ ref('int_teachers_counted') }}
    where is_counted
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

required as (
    select
        stage,
        field
    from {{ ref('measure_inputs') }}
    where measure = 'qualified_teachers'
),

facts as (
    select
        facts.*,
        indicators.numerator_measure as measure,
        indicators.scale
    from {{ ref('fct_school_indicator') }} as facts
    inner join {{ ref('indicators') }} as indicators on facts.indicator_code = indicators.indicator_code
    where facts.threshold is not null
        and indicators.numerator_measure in (
            {% for measure in measures %}
            '{{ measure }}'{{ ',' if not loop.last }}
            {% endfor %}
        )
        and facts.school_year in (
            select stays.school_year from {{ ref('int_exchanges_current') }} as stays
            where stays.is_counted
        )
),

counted as (
    {% for measure, (holds, is_known) in measures.items() %}
    select
        teachers.school_year,
        sites.counted_code as school_code,
        teachers.stage,
        teachers.place,
        '{{ measure }}' as measure,
        case when bool_and({{ is_known }}) then sum(case when {{ holds }} then 1.0e0 else 0.0e0 end) end as amount
    from teachers
    inner join sites on teachers.school_year = sites.school_year and teachers.school_code = sites.school_code
    left join required on teachers.stage = required.stage and teachers.education_field = required.field
    group by teachers.school_year, sites.counted_code, teachers.stage, teachers.place
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

valued as (
    select
        facts.*,
        {% for place, other in {'own': 'host', 'host': 'own'}.items() %}
        case
            when {{ place }}.school_code is null and {{ other }}.school_code is not null then 0.0e0
            else {{ place }}.amount
        end as {{ place }}_numerator,
        {{ indicator_value('facts.scale', place ~ '_numerator', 'facts.denominator') }} as {{ place }}_value,
        {% endfor %}
        {{ parameter('exchanged_teacher_counts_at', 'text_value', row='facts') }} as counts_at
    from facts
    {% for place in ['own', 'host'] %}
    left join counted as {{ place }}
        on facts.school_year = {{ place }}.school_year
            and facts.school_code = {{ place }}.school_code
            and facts.stage = {{ place }}.stage
            and facts.measure = {{ place }}.measure
            and {{ place }}.place = '{{ place }}'
    {% endfor %}
),

final as (
    select
        standard_code,
        school_year,
        school_code,
        stage,
        indicator_code,
        denominator,
        threshold,
        own_numerator,
        host_numerator,
        own_value,
        host_value,
        {% for place in ['own', 'host'] %}
        case
            when {{ place }}_value is null then 'missing'
            when {{ reaches(place ~ '_value', 'threshold') }} then 'met'
            when {{ reaches(place ~ '_value', 'floor_value') }} then 'near'
            else 'below'
        end as {{ place }}_status,
        {% endfor %}
        input_source,
        counts_at
    from valued
    where own_numerator is not null or host_numerator is not null
)

select * from final
