{# Conditions of one school and year that contradict each other (rules D310, D314, D338–D340). #}

with

cells as (
    select * from {{ ref('int_cells_current') }}
),

totals as (
    {{ given('cells') }}
),

stage_counts as (
    select
        school_year,
        site_code as school_code,
        count(case when coalesce(students, 1) > 0 then 1 end) as stages_needed
    from {{ ref('int_site_stages_reported') }}
    group by school_year, site_code
),

compared as (
    select
        totals.*,
        stage_counts.stages_needed
    from totals
    inner join stage_counts using (school_year, school_code)
),

conditions as (
    select
        school_year,
        school_code,
        {% for field in ['students', 'class_count', 'migrant_students', 'equipment_value_yuan'] %}
        max(case when field = '{{ field }}' then total end) as {{ field }},
        {% endfor %}
    from totals
    group by school_year, school_code
),

equipped as (
    select
        totals.*,
        conditions.equipment_value_yuan as equipment
    from totals
    inner join conditions using (school_year, school_code)
),

final as (
    {{ finding('D310', 'compared', 'stages_given >= greatest(stages_needed, 1) and abs(staged - whole) > 0.005',
        dataset="'conditions'", item='field', found=figure_text('staged'), expected=figure_text('whole')) }}
    union all by name
    {{ finding('D314', 'equipped', "equipment = 0 and total > 0 and field in ('computers', 'multimedia_rooms')",
        dataset="'conditions'", item='field', found=figure_text('total')) }}
    union all by name
    {{ finding('D338', 'equipped', "equipment > 0 and total = 0 and field in ('computers', 'books')",
        dataset="'conditions'", item='field', expected=figure_text('equipment')) }}
    union all by name
    {{ finding('D339', 'conditions', 'students > 0 and class_count = 0', dataset="'conditions'",
        found=figure_text('students')) }}
    union all by name
    {{ finding('D340', 'conditions', 'migrant_students > students', dataset="'conditions'",
        found=figure_text('migrant_students'), expected=figure_text('students')) }}
)

select * from final
